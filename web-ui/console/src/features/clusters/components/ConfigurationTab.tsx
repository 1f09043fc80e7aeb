import { Alert, Card, CardBody, CardTitle, Content, Gallery, Label, LabelGroup } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '~/app/navigate';
import type { Cluster } from '~/api/types';
import { counted } from '~/shared/format/numbers';
import { QueryView } from '~/shared/ui/QueryView';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { NotFound } from '~/shared/ui/states';
import { isApiProblem } from '~/api/problem';
import { bundleOptions } from '../queries';
import { Delivery } from './Delivery';
import { KeyedReasons } from './KeyedReasons';

/** What the cluster should have, has, and refused. */
export function ConfigurationTab({ cluster }: { cluster: Cluster }) {
  const tenant = useTenant();
  const name = cluster.metadata?.name ?? '';
  const query = useQuery(bundleOptions(tenant, name));
  if (isApiProblem(query.error) && query.error.status === 404) return <NotFound what="A configuration of this cluster" />;
  return (
    <QueryView query={query} what="The configuration">
      {(bundle) => (
        <div className="weft-stack-wide">
          {Object.keys(bundle.refusals).length > 0 && (
            <Alert isInline variant="warning" title={`Refused: ${counted(Object.keys(bundle.refusals).length, 'object')}`}>
              <KeyedReasons entries={Object.entries(bundle.refusals)} label="Refused objects" />
            </Alert>
          )}
          {Object.keys(bundle.drift ?? {}).length > 0 && (
            <Alert isInline variant="warning" title={`Changed by others: ${counted(Object.keys(bundle.drift ?? {}).length, 'object')}`}>
              <KeyedReasons entries={Object.entries(bundle.drift ?? {})} label="Objects changed by others" />
            </Alert>
          )}
          {bundle.findings.length > 0 && (
            <Alert isInline variant="info" title={counted(bundle.findings.length, 'finding')}>
              {bundle.findings.map((finding, index) => (
                <p key={index}>
                  <StatusLabel tone={finding.type === 'Warning' ? 'warning' : 'danger'}>{finding.reason}</StatusLabel> {finding.message} <code>{finding.resource}</code>
                </p>
              ))}
            </Alert>
          )}
          <Gallery hasGutter minWidths={{ default: '22rem' }}>
            <Card isCompact>
              <CardTitle>Newest bundle</CardTitle>
              <CardBody>
                <Delivery bundle={bundle} />
              </CardBody>
            </Card>
            <Names title="Names that it answers" names={bundle.answers ?? []} none="No global service has instances here." />
            <Names title="Names that its workloads may call" names={bundle.calls ?? []} none="No global service can be called from here." />
          </Gallery>
        </div>
      )}
    </QueryView>
  );
}

function Names({ title, names, none }: { title: string; names: readonly string[]; none: string }) {
  return (
    <Card isCompact>
      <CardTitle>{title}</CardTitle>
      <CardBody>
        {names.length === 0 ? (
          <Content component="p">{none}</Content>
        ) : (
          <LabelGroup numLabels={24} aria-label={title}>
            {names.map((name) => (
              <Label key={name} isCompact variant="outline">
                {name}
              </Label>
            ))}
          </LabelGroup>
        )}
      </CardBody>
    </Card>
  );
}
