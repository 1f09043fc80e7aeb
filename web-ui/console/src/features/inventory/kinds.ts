export const KINDS = ['services', 'nodes', 'gateways', 'namespaces'] as const;

export type InventoryKind = (typeof KINDS)[number];

/** A row of any kind; which fields it has is said by the kind that was asked for. */
export interface Row {
  cluster: string;
  /** Its cluster does not answer; this is what it last said. */
  stale: boolean;
  changedAt: string;
  name?: string;
  namespace?: string;
  labels?: Readonly<Record<string, string>>;
  selector?: Readonly<Record<string, string>>;
  ports?: readonly { number: number; name: string; protocol: string }[];
  headless?: boolean;
  injection?: string;
  addresses?: readonly { address: string; port: number }[];
  region?: string;
  zone?: string;
  kubeletVersion?: string;
  /** Nodes and instances: whether it is; versions: how many are. */
  ready?: boolean | number;
  service?: string;
  version?: string;
  workload?: string;
  workloadKind?: string;
  desired?: number;
  meshed?: boolean;
}

export function isKind(text: string | undefined): text is InventoryKind {
  return KINDS.some((kind) => kind === text);
}

const PROTOCOL = 'PORT_PROTOCOL_';

/** `8080 http (HTTP)` */
export function portText(port: { number: number; name: string; protocol: string }): string {
  const protocol = port.protocol.startsWith(PROTOCOL) ? port.protocol.slice(PROTOCOL.length) : port.protocol;
  const name = port.name === '' ? '' : ` ${port.name}`;
  return protocol === '' || protocol === 'UNSPECIFIED' ? `${port.number}${name}` : `${port.number}${name} (${protocol})`;
}

/** Whether proxies are put beside the workloads of a namespace. */
export function injectionText(injection: string | undefined): string {
  switch (injection) {
    case undefined:
    case '':
      return 'Not set';
    case 'enabled':
      return 'Yes';
    case 'disabled':
      return 'No';
    default:
      return `By revision ${injection}`;
  }
}

export function rowKey(row: Row): string {
  return [row.cluster, row.namespace, row.name].filter((part) => part !== undefined).join('/');
}

/** Whether a row of `versions` or `instances` is behind a service. */
export function isBehind(service: Row, row: Row): boolean {
  if (row.service !== undefined) return row.service === service.name;
  const selector = Object.entries(service.selector ?? {});
  return selector.length > 0 && selector.every(([key, value]) => row.labels?.[key] === value);
}
