package io.weft.policy.render.istio;

/** Covers every rule that changes bytes. */
public final class RendererVersion {
    /** To be raised with every change of a golden file that no input explains. */
    public static final int CURRENT = 1;

    private RendererVersion() {}
}
