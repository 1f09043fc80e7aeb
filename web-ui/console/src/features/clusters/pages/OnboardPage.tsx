import { ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams, useSetSearch, useTenant } from '~/app/navigate';
import { usePermission } from '~/app/permissions';
import { LeaveGuard } from '~/shared/ui/LeaveGuard';
import { PageFrame } from '~/shared/ui/PageFrame';
import { NoPermission } from '~/shared/ui/states';
import { DescribeCluster } from '../components/DescribeCluster';
import { Install, type Token } from '../components/Install';
import { onboardingOptions } from '../queries';
import '../clusters.css';

const CRUMBS = [{ label: 'Clusters', to: 'clusters' }];

/** Name it, apply one manifest in it, watch it join. The address says which cluster, so it can be come back to. */
export default function OnboardPage() {
  const tenant = useTenant();
  const { allowed, reason } = usePermission('enrol');
  const cluster = useSearchParams().cluster;
  const setSearch = useSetSearch();
  const [token, setToken] = useState<Token>();
  const onboarding = useQuery({ ...onboardingOptions(tenant, cluster ?? ''), enabled: cluster !== undefined });
  const phase = onboarding.data?.phase;
  const ready = phase === 'Ready' || phase === 'Degraded';
  const ownToken = token?.cluster === cluster ? token : undefined;
  return (
    <PageFrame title={cluster === undefined ? 'Onboard a cluster' : `Onboard ${cluster}`} crumbs={CRUMBS}>
      {!allowed && cluster === undefined ? (
        <NoPermission reason={reason} />
      ) : (
        <div className="weft-stack-wide">
          <ProgressStepper aria-label="Onboarding" isCenterAligned={false}>
            <ProgressStep variant={cluster === undefined ? 'info' : 'success'} isCurrent={cluster === undefined} id="step-describe" titleId="step-describe-title" aria-label="Describe it">
              Describe it
            </ProgressStep>
            <ProgressStep
              variant={cluster === undefined ? 'pending' : phase === undefined || phase === 'Waiting' ? 'info' : 'success'}
              isCurrent={cluster !== undefined && (phase === undefined || phase === 'Waiting')}
              id="step-install"
              titleId="step-install-title"
              aria-label="Install the agent"
            >
              Install the agent
            </ProgressStep>
            <ProgressStep
              variant={ready ? 'success' : phase === 'Connected' || phase === 'Syncing' ? 'info' : 'pending'}
              isCurrent={phase === 'Connected' || phase === 'Syncing'}
              id="step-watch"
              titleId="step-watch-title"
              aria-label="Watch it join"
            >
              Watch it join
            </ProgressStep>
          </ProgressStepper>
          {cluster === undefined ? (
            <DescribeCluster
              onMade={(name, made) => {
                setToken(made);
                setSearch({ cluster: name }, { replace: true });
              }}
            />
          ) : (
            <Install cluster={cluster} token={ownToken} onToken={setToken} onboarding={onboarding} />
          )}
        </div>
      )}
      <LeaveGuard when={ownToken !== undefined && phase === 'Waiting'} title="The token is shown only here">
        Nothing has joined with it yet. You can come back from the list of clusters, where {cluster} waits, and make a new token then.
      </LeaveGuard>
    </PageFrame>
  );
}
