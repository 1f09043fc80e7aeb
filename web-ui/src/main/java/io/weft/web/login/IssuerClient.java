package io.weft.web.login;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/** How the edge calls the issuer: with limits of time, and without following redirects. */
@Component
class IssuerClient {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final JdkClientHttpRequestFactory factory;

    IssuerClient() {
        factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIME)
                .build());
        factory.setReadTimeout(LIMIT);
    }

    /** For the token endpoint. */
    RestClient restClient() {
        return RestClient.builder()
                .requestFactory(factory)
                .configureMessageConverters(converters -> {
                    converters.addCustomConverter(new FormHttpMessageConverter());
                    converters.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    /** For keys and descriptions. */
    RestOperations restOperations() {
        return new RestTemplate(factory);
    }
}
