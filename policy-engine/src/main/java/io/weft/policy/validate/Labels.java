package io.weft.policy.validate;

import com.google.re2j.Pattern;

/** The syntax of labels and names, as in Kubernetes. */
final class Labels {
    static final String KEY = "an optional DNS prefix and '/', then up to 63 letters, digits, '-', '_' or '.'";
    static final String VALUE =
            "up to 63 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit";
    static final String NAME = "an RFC 1123 label: lower-case letters, digits and '-', up to 63 characters";
    static final String DOMAIN = "a DNS name of at least two labels: shop.example";

    private static final Pattern QUALIFIED = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Labels() {}

    static boolean isKey(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) return QUALIFIED.matches(key);
        return isDns(key.substring(0, slash)) && QUALIFIED.matches(key.substring(slash + 1));
    }

    static boolean isValue(String value) {
        return value.isEmpty() || QUALIFIED.matches(value);
    }

    static boolean isName(String name) {
        return LABEL.matches(name);
    }

    static boolean isDomain(String domain) {
        return domain.indexOf('.') > 0 && isDns(domain);
    }

    private static boolean isDns(String name) {
        if (name.length() > 190) return false;
        for (String label : name.split("\\.", -1)) {
            if (!LABEL.matches(label)) return false;
        }
        return true;
    }
}
