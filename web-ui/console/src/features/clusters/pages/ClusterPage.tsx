import { Alert, Dropdown, DropdownItem, DropdownList, MenuToggle, Tab, TabContent, TabContentBody, Tabs, TabTitleText } from '@patternfly/react-core';
import { EllipsisVIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { AppLink, useGo, usePathParams, useSearchParams, useSetSearch, useTenant } from '~/app/navigate';
import { usePermission } from '~/app/permissions';
import { isApiProblem } from '~/api/problem';
import type { Cluster } from '~/api/types';
import { ActionButton } from '~/shared/ui/ActionButton';
import { AsOf } from '~/shared/ui/AsOf';
import { PageFrame } from '~/shared/ui/PageFrame';
import { QueryView } from '~/shared/ui/QueryView';
import { NotFound } from '~/shared/ui/states';
import { AgentTab } from '../components/AgentTab';
import { ConfigurationTab } from '../components/ConfigurationTab';
import { DeleteCluster, RevokeCluster } from '../components/RemoveCluster';
import { EditCluster } from '../components/EditCluster';
import { ObjectsTab } from '../components/ObjectsTab';
import { OverviewTab } from '../components/OverviewTab';
import { PhaseLabel, SimulatedLabel } from '~/shared/clusters/PhaseLabel';
import { ServicesTab } from '../components/ServicesTab';
import { clusterView } from '../model';
import { clusterOptions } from '../queries';
import '../clusters.css';

const TABS = [
  ['overview', 'Overview'],
  ['services', 'Services'],
  ['objects', 'Objects'],
  ['configuration', 'Configuration'],
  ['agent', 'Agent'],
] as const;

type TabName = (typeof TABS)[number][0];
type Dialog = 'edit' | 'revoke' | 'delete';

const CRUMBS = [{ label: 'Clusters', to: 'clusters' }];

export default function ClusterPage() {
  const tenant = useTenant();
  const name = usePathParams().name ?? '';
  const search = useSearchParams();
  const go = useGo();
  const [dialog, setDialog] = useState<Dialog>();
  const query = useQuery(clusterOptions(tenant, name));
  const tab = TABS.find(([each]) => each === search.tab)?.[0] ?? 'overview';
  const view = query.data === undefined ? undefined : clusterView(query.data.data);
  if (isApiProblem(query.error) && query.error.status === 404) {
    return (
      <PageFrame title={name} crumbs={CRUMBS}>
        <NotFound what={`Cluster ${name}`} back={<AppLink to="clusters">All clusters</AppLink>} />
      </PageFrame>
    );
  }
  return (
    <PageFrame
      title={name}
      crumbs={CRUMBS}
      lead={view?.displayName}
      label={
        view !== undefined && (
          <span className="weft-status-cell" aria-live="polite">
            <PhaseLabel phase={view.phase} meaning={view.meaning} />
            {view.simulated && <SimulatedLabel />}
          </span>
        )
      }
      actions={
        <>
          <AsOf at={query.dataUpdatedAt} />
          <ActionButton needs="edit" variant="secondary" onClick={() => setDialog('edit')} notNow={view === undefined ? 'Not loaded yet' : undefined}>
            Edit
          </ActionButton>
          <MoreActions onChoose={setDialog} isRevoked={view?.phase === 'Revoked'} />
        </>
      }
    >
      <QueryView query={query} what={`Cluster ${name}`}>
        {({ data: cluster, etag }) => (
          <>
            {view?.phase === 'Waiting' && <StillWaiting name={name} />}
            <ClusterTabs tab={tab} cluster={cluster} />
            {dialog === 'edit' && <EditCluster cluster={cluster} etag={etag} onClose={() => setDialog(undefined)} />}
          </>
        )}
      </QueryView>
      {dialog === 'revoke' && <RevokeCluster name={name} onClose={() => setDialog(undefined)} />}
      {dialog === 'delete' && <DeleteCluster name={name} onClose={() => setDialog(undefined)} onDeleted={() => go('clusters')} />}
    </PageFrame>
  );
}

function StillWaiting({ name }: { name: string }) {
  return (
    <Alert isInline variant="info" title="No agent of this cluster has dialled in yet." className="weft-above">
      <AppLink to="clusters/onboard" search={{ cluster: name }}>
        Go on with the onboarding
      </AppLink>
    </Alert>
  );
}

function ClusterTabs({ tab, cluster }: { tab: TabName; cluster: Cluster }) {
  const setSearch = useSetSearch();
  const bodies: Readonly<Record<TabName, () => ReactNode>> = {
    overview: () => <OverviewTab cluster={cluster} />,
    services: () => <ServicesTab cluster={cluster.metadata?.name ?? ''} />,
    objects: () => <ObjectsTab cluster={cluster.metadata?.name ?? ''} />,
    configuration: () => <ConfigurationTab cluster={cluster} />,
    agent: () => <AgentTab cluster={cluster} />,
  };
  return (
    <>
      <Tabs
        activeKey={tab}
        aria-label={`Parts of cluster ${cluster.metadata?.name ?? ''}`}
        role="region"
        onSelect={(_event, key) =>
          setSearch({ tab: key === 'overview' ? undefined : String(key), q: undefined, sort: undefined, after: undefined, page: undefined, row: undefined, limit: undefined })
        }
      >
        {TABS.map(([key, title]) => (
          <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>} tabContentId={`tab-${key}`} />
        ))}
      </Tabs>
      <TabContent id={`tab-${tab}`} eventKey={tab} activeKey={tab} className="weft-tab-body">
        <TabContentBody>{bodies[tab]()}</TabContentBody>
      </TabContent>
    </>
  );
}

function MoreActions({ onChoose, isRevoked }: { onChoose: (dialog: Dialog) => void; isRevoked: boolean }) {
  const [open, setOpen] = useState(false);
  const enrol = usePermission('enrol');
  const edit = usePermission('edit');
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(toggle) => (
        <MenuToggle ref={toggle} variant="plain" isExpanded={open} aria-label="More actions" icon={<EllipsisVIcon />} onClick={() => setOpen(!open)} />
      )}
    >
      <DropdownList>
        <DropdownItem
          isAriaDisabled={!enrol.allowed || isRevoked}
          tooltipProps={enrol.allowed && !isRevoked ? undefined : { content: isRevoked ? 'It is revoked already.' : enrol.reason }}
          onClick={() => onChoose('revoke')}
        >
          Revoke its identity…
        </DropdownItem>
        <DropdownItem isDanger isAriaDisabled={!edit.allowed} tooltipProps={edit.allowed ? undefined : { content: edit.reason }} onClick={() => onChoose('delete')}>
          Delete…
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}
