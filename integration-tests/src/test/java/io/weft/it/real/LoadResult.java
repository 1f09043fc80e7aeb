package io.weft.it.real;

import java.util.Map;

/**
 * What a load came to. A request failed when it had no answer, or one whose status was not 200. Moments are
 * milliseconds from the start of the load and −1 where there was none.
 *
 * @param by how many good answers there were for each value of the headers counted by
 * @param errors how many failures there were for each reason
 * @param failedAfterFirstAnswer failures of requests sent after the first good answer had come
 */
public record LoadResult(
        int requests,
        int failed,
        int failedAfterFirstAnswer,
        Map<String, Integer> by,
        Map<String, Integer> errors,
        double firstAnswerMillis,
        double firstFailureMillis,
        double lastFailureMillis,
        double seconds,
        double p50Millis,
        double p90Millis,
        double p99Millis,
        double maxMillis) {

    /** The percentage of all requests that this value answered. */
    public double percent(String value) {
        return requests == 0 ? 0 : 100.0 * by.getOrDefault(value, 0) / requests;
    }
}
