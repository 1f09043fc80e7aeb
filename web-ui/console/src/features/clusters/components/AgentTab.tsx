import { Card, CardBody, CardTitle, Content, Gallery } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '~/app/navigate';
import type { Cluster } from '~/api/types';
import { Ago } from '~/shared/ui/AsOf';
import { CopyText } from '~/shared/ui/CopyText';
import { Facts } from '~/shared/ui/Facts';
import { QueryView } from '~/shared/ui/QueryView';
import { clusterView } from '../model';
import { bundleOptions, onboardingOptions } from '../queries';
import { Checklist, DiagnosisList } from './Checklist';

/** The process in the cluster, its link, and how it joined. */
export function AgentTab({ cluster }: { cluster: Cluster }) {
  const tenant = useTenant();
  const view = clusterView(cluster);
  const bundle = useQuery(bundleOptions(tenant, view.name)).data;
  const onboarding = useQuery(onboardingOptions(tenant, view.name));
  return (
    <Gallery hasGutter minWidths={{ default: '24rem' }}>
      <Card isCompact>
        <CardTitle>Agent</CardTitle>
        <CardBody>
          <Facts
            label="The agent"
            facts={[
              { term: 'Version', value: view.agentVersion },
              { term: 'Link', value: view.connected ? 'connected' : 'not connected' },
              { term: 'Since', value: <Ago at={bundle?.since} /> },
              { term: 'Judged', value: [bundle?.liveness, bundle?.livenessReason].filter((part) => part).join(': ') },
              { term: 'Certificate ends', value: <Ago at={view.certificateExpiresAt} /> },
            ]}
          />
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle>How it joined</CardTitle>
        <CardBody>
          <QueryView query={onboarding} what="The onboarding">
            {(read) => (
              <>
                <Checklist steps={read.steps} />
                <DiagnosisList diagnosis={read.diagnosis} />
              </>
            )}
          </QueryView>
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle>Its log</CardTitle>
        <CardBody>
          <Content component="p">The agent’s log stays in the cluster. To read it there:</Content>
          <CopyText text="kubectl --namespace weft-system logs deployment/weft-agent" label="Command for the agent’s log" />
        </CardBody>
      </Card>
    </Gallery>
  );
}
