package io.weft.hub.access.internal.web;

import io.weft.hub.access.Caller;
import io.weft.hub.access.Revalidation;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.access.internal.Authenticator;
import io.weft.hub.platform.RefusedAttempts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** No sessions, no cookies, no forms: a bearer credential with every request, or one of the few public addresses. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {
    @Bean
    SecurityFilterChain security(
            HttpSecurity http, Authenticator authenticator, RefusedAttempts refused, JsonMapper json) {
        // Not beans of their own: the servlet container would register them a second time.
        CredentialFilter credentials = new CredentialFilter(authenticator, refused, json);
        return http.csrf(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(credentials, AuthorizationFilter.class)
                // The filter has answered whoever may not go on; nothing that it let through is anonymous by mistake.
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((authentication, context) ->
                                new org.springframework.security.authorization.AuthorizationDecision(
                                        CredentialFilter.passed(context.getRequest()))))
                .build();
    }

    /** There are no users with passwords; without this, Spring Boot would make one up. */
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new org.springframework.security.authentication.ProviderNotFoundException("no passwords here");
        };
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
    }

    /** Gives controllers what the filter found out. */
    static final class CallerArgument implements HandlerMethodArgumentResolver {
        private static final Set<Class<?>> GIVEN = Set.of(Caller.class, TenantCaller.class, Revalidation.class);

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return GIVEN.contains(parameter.getParameterType());
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
            if (servlet == null) throw new IllegalStateException("not a request of HTTP");
            Object value = servlet.getAttribute(parameter.getParameterType().getName());
            if (value == null) throw new IllegalStateException("no caller at an address that needs one");
            return value;
        }
    }
}
