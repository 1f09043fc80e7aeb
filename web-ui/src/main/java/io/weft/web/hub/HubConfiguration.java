package io.weft.web.hub;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client of the hub's HTTP. */
@Configuration(proxyBeanMethods = false)
class HubConfiguration {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(2);

    @Bean(destroyMethod = "shutdownNow")
    HttpClient hubClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIME)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }
}
