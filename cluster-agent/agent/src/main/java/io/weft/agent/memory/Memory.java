package io.weft.agent.memory;

import java.io.IOException;

/** Where the held bundle survives. Both methods block. */
public interface Memory {
    /** What was saved last, whole; {@link StoredBundle#NOTHING} when there is nothing. */
    StoredBundle load() throws IOException;

    /**
     * On return the bundle is there to stay, and nothing of the one before is mixed with it.
     *
     * @throws IOException it is not, or nobody knows; also when another replica of the agent saved meanwhile, or when
     *     what is there has a higher place
     */
    void save(StoredBundle bundle) throws IOException;
}
