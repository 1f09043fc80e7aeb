package io.weft.web.pages;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * The console's build, from the class path. Files below {@code assets/} have their content's hash in the name and never
 * change; every other is asked for again each time. Where a file {@code x.br} or {@code x.gz} lies beside {@code x}, it is sent to
 * who can read it.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles implements WebMvcConfigurer {
    private static final String ROOT = "classpath:/META-INF/resources/";
    private static final String INDEX = "index.html";
    /** What has a meaning of its own is never a page of the console, not even where nothing is there. */
    private static final Pattern NO_PAGE =
            Pattern.compile("(api|oauth2|login|logout|issuer|session|healthz|readyz|actuator|error)(/.*)?");

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(ROOT + "assets/")
                .setCacheControl(FOR_EVER)
                .resourceChain(true)
                .addResolver(encoded())
                .addResolver(new PathResourceResolver());
        registry.addResourceHandler("/**")
                .addResourceLocations(ROOT)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true)
                .addResolver(encoded())
                .addResolver(new PageResolver());
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/" + INDEX);
    }

    private static EncodedResourceResolver encoded() {
        EncodedResourceResolver resolver = new EncodedResourceResolver();
        resolver.setContentCodings(List.of("br", "gzip"));
        return resolver;
    }

    /** A path without a file's ending is a page of the console, which finds its way itself. */
    private static final class PageResolver extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            Resource file = super.getResource(path, location);
            if (file != null
                    || !path.equals(INDEX)
                            && (isFile(path) || NO_PAGE.matcher(path).matches())) return file;
            ClassPathResource page = new ClassPathResource("META-INF/resources/" + INDEX);
            return page.exists() ? page : new ClassPathResource("console-missing.html");
        }

        private static boolean isFile(String path) {
            return path.substring(path.lastIndexOf('/') + 1).contains(".");
        }
    }
}
