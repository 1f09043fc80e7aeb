package io.weft.hub.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What somebody is in a tenant; written in lower case. */
public enum Role {
    VIEWER(Permission.READ),
    OPERATOR(Permission.READ, Permission.OPERATE),
    EDITOR(Permission.READ, Permission.OPERATE, Permission.WRITE),
    ADMIN(Permission.READ, Permission.OPERATE, Permission.WRITE, Permission.ADMINISTER, Permission.AUDIT),
    AUDITOR(Permission.READ, Permission.AUDIT);

    private final Set<Permission> permissions = EnumSet.noneOf(Permission.class);

    Role(Permission... allowed) {
        for (Permission permission : allowed) permissions.add(permission);
    }

    public boolean allows(Permission permission) {
        return permissions.contains(permission);
    }

    public String wireName() {
        return switch (this) {
            case VIEWER -> "viewer";
            case OPERATOR -> "operator";
            case EDITOR -> "editor";
            case ADMIN -> "admin";
            case AUDITOR -> "auditor";
        };
    }

    public static Optional<Role> of(String wireName) {
        for (Role role : values()) {
            if (role.wireName().equals(wireName)) return Optional.of(role);
        }
        return Optional.empty();
    }
}
