package io.weft.hub.platform.web;

import io.weft.policy.validate.Violation;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Refuses a query with a parameter that the address does not know: a filter with a slip in its name would answer, and
 * a {@code dryRun} with one would write.
 */
final class KnownParameters implements HandlerInterceptor {
    private final Map<HandlerMethod, SortedSet<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() == null || request.getDispatcherType() != DispatcherType.REQUEST) return true;
        if (!(handler instanceof HandlerMethod method)) return true;
        Set<String> given = UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams()
                .keySet();
        SortedSet<String> names = known.computeIfAbsent(method, KnownParameters::names);
        List<String> unknown =
                given.stream().filter(name -> !names.contains(name)).toList();
        if (unknown.isEmpty()) return true;
        String expected = names.isEmpty() ? "no parameter" : String.join(", ", names);
        throw new ProblemException(
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "unknown in the query: " + String.join(", ", unknown) + " (expected: " + expected + ")",
                        unknown.stream()
                                .map(name -> new Violation("?" + name, null, "is not known here", expected))
                                .toList()),
                Map.of(),
                null);
    }

    private static SortedSet<String> names(HandlerMethod method) {
        SortedSet<String> names = new TreeSet<>();
        Arrays.stream(method.getMethodParameters()).forEach(parameter -> {
            RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
            if (asked == null) return;
            String own = parameter.getParameter().getName();
            names.add(asked.name().isEmpty() ? own : asked.name());
        });
        return names;
    }
}
