package io.weft.web.relay;

import io.weft.web.settings.EdgeSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** What lies below {@code /api} is the hub's. */
@Configuration(proxyBeanMethods = false)
class HubRelay {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(2);

    @Bean(destroyMethod = "close")
    HttpClient hubClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIME)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @Bean
    ProxyExchange proxyExchange(HttpClient hubClient, GatewayMvcProperties properties) {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(hubClient);
        // What the caller asked for goes through as it is.
        factory.enableCompression(false);
        return new RestClientProxyExchange(
                RestClient.builder().requestFactory(factory).build(), properties);
    }

    @Bean
    RouterFunction<ServerResponse> hubRoutes(EdgeSettings settings) {
        return RouterFunctions.route(RequestPredicates.path("/api/**"), HandlerFunctions.http())
                .filter((request, next) -> next.handle(to(settings, request)));
    }

    private static ServerRequest to(EdgeSettings settings, ServerRequest request) {
        MvcUtils.setRequestUrl(request, settings.hubs().getFirst());
        return request;
    }
}
