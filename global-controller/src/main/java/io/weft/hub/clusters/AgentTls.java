package io.weft.hub.clusters;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Both sides' certificates for the server of agents' gRPC. A client certificate is optional in the handshake (who enrols
 * has none) and, when there is one, must be of the authority of the tenant that it names. An expired one passes, because
 * it may still be renewed; {@link SessionAuthenticator} refuses it for everything else.
 */
public record AgentTls(X509ExtendedKeyManager keyManager, X509ExtendedTrustManager trustManager) {}
