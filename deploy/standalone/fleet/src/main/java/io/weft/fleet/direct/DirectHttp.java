package io.weft.fleet.direct;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.weft.fleet.cluster.SimulatedCluster;

/** Makes clients of one simulated cluster, whatever address they are told. */
public final class DirectHttp implements HttpClient.Factory {
    private final SimulatedCluster cluster;

    public DirectHttp(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Builder newBuilder() {
        return new Builder(this);
    }

    static final class Builder extends StandardHttpClientBuilder<DirectClient, DirectHttp, Builder> {
        private Builder(DirectHttp factory) {
            super(factory);
        }

        @Override
        public DirectClient build() {
            return client == null ? new DirectClient(this, clientFactory.cluster) : new DirectClient(this, client);
        }

        @Override
        protected Builder newInstance(DirectHttp factory) {
            return new Builder(factory);
        }
    }
}
