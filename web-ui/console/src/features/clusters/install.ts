import { parseAllDocuments } from 'yaml';

/** What a person does in the cluster, in the three ways there are. */
export interface InstallWays {
  /** After the manifest was downloaded. */
  kubectl: string;
  /** Fetched where kubectl runs, with a token of the API. */
  curl: string;
  helm: string;
  /** The values of the chart; undefined when the manifest has another shape than expected. */
  values: string | undefined;
}

export function manifestFile(cluster: string): string {
  return `weft-agent-${cluster}.yaml`;
}

export interface InstallPlace {
  /** Where this console is reached, without a slash at the end. */
  origin: string;
  tenant: string;
  cluster: string;
  joinToken: string;
}

export function installWays(place: InstallPlace, manifest: string): InstallWays {
  const path = `/api/v1/tenants/${encodeURIComponent(place.tenant)}/clusters/${encodeURIComponent(place.cluster)}/manifest?token=${encodeURIComponent(place.joinToken)}`;
  return {
    kubectl: `kubectl apply -f ${manifestFile(place.cluster)}`,
    curl: `curl -fsS -H "Authorization: Bearer $WEFT_TOKEN" '${place.origin}${path}' | kubectl apply -f -`,
    helm: `helm install weft-agent deploy/helm/weft-agent -f weft-values-${place.cluster}.yaml`,
    values: chartValues(place, manifest),
  };
}

type Tree = { readonly [key: string]: Tree | string | readonly Tree[] | undefined } | undefined;

function at(tree: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((node, key) => (typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[key] : undefined), tree);
}

/** The chart takes the same words as the manifest that the hub made. */
function chartValues(place: InstallPlace, manifest: string): string | undefined {
  const documents = parseAllDocuments(manifest).map((each) => each.toJS() as Tree);
  const join = documents.find((each) => at(each, 'kind') === 'Secret');
  const deployment = documents.find((each) => at(each, 'kind') === 'Deployment');
  const container = at(deployment, 'spec', 'template', 'spec', 'containers', 0);
  const environment = at(container, 'env');
  const hub = Array.isArray(environment) ? at(environment.find((each) => at(each, 'name') === 'WEFT_HUB_ADDRESS'), 'value') : undefined;
  const ca = at(join, 'stringData', 'ca.crt');
  const image = at(container, 'image');
  if (typeof ca !== 'string' || typeof hub !== 'string' || typeof image !== 'string') return undefined;
  const lines = ca.trim().split('\n').map((line) => `  ${line}`);
  return [
    `tenant: ${JSON.stringify(place.tenant)}`,
    `cluster: ${JSON.stringify(place.cluster)}`,
    `hubAddress: ${JSON.stringify(hub)}`,
    `joinToken: ${JSON.stringify(place.joinToken)}`,
    `agentImage: ${JSON.stringify(image)}`,
    'hubCa: |',
    ...lines,
    '',
  ].join('\n');
}
