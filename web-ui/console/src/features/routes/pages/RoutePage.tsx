import { Alert, Button, Tab, TabContentBody, TabTitleText, Tabs } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isApiProblem } from '~/api/problem';
import { AppLink, pathTo, useGo, usePathParams, useSearchParams, useSetSearch, useTenant } from '~/app/navigate';
import { usePermission } from '~/app/permissions';
import { DeleteResource } from '~/shared/changes/DeleteResource';
import { Delivery } from '~/shared/changes/Delivery';
import type { ResourceDocument } from '~/shared/changes/documents';
import { EditorBar, EditorConflict, ReviewDialog, yamlTrouble } from '~/shared/changes/EditorPanels';
import { History } from '~/shared/changes/History';
import { routeKey } from '~/shared/changes/key';
import { resourceQuery } from '~/shared/changes/queries';
import { ResourceState } from '~/shared/changes/ResourceState';
import { RevisionProgress } from '~/shared/changes/RevisionProgress';
import { type Editor, draftOf, useEditor } from '~/shared/changes/use-editor';
import { write } from '~/shared/resources/draft';
import { ActionButton } from '~/shared/ui/ActionButton';
import { PageFrame } from '~/shared/ui/PageFrame';
import { QueryView } from '~/shared/ui/QueryView';
import { NotFound } from '~/shared/ui/states';
import { YamlEditor } from '~/shared/ui/YamlEditor';
import { RouteFields } from '../components/RouteFields';
import { newRoute } from '../model';
import '../routes.css';

const UP = [{ label: 'Routes', to: 'routes' }];

export default function RoutePage() {
  const tenant = useTenant();
  const { gns = '', name = '' } = usePathParams();
  const { create } = useSearchParams();
  const query = useQuery({ ...resourceQuery(tenant, routeKey(gns, name)), retry: (count, error) => !missing(error) && count < 2 });
  // The editor of a new route stays when the route appears, which the stream may tell before the answer to the write.
  if (create !== undefined && query.isFetched && (query.error === null || missing(query.error))) {
    return <RouteEditor key={`${gns}/${name}`} gns={gns} name={name} target={create} route={query.data} />;
  }
  if (missing(query.error) && query.data === undefined) return <NoRoute gns={gns} name={name} />;
  return (
    <QueryView query={query} what={`Route ${name}`}>
      {(route) => <RouteEditor key={`${gns}/${name}`} gns={gns} name={name} target="" route={route} />}
    </QueryView>
  );
}

function missing(error: unknown): boolean {
  return isApiProblem(error) && error.status === 404;
}

function NoRoute({ gns, name }: { gns: string; name: string }) {
  return (
    <PageFrame title={`Route ${name}`} crumbs={UP}>
      <NotFound
        what={`Route ${name} in ${gns}`}
        back={
          <>
            <AppLink to="routes">All routes</AppLink>
            <AppLink to="changes" search={{ resource: `TrafficRoute/${gns}/${name}` }}>
              What became of it
            </AppLink>
          </>
        }
      />
    </PageFrame>
  );
}

interface RouteEditorProps {
  gns: string;
  name: string;
  /** The service, when the route is to be created. */
  target: string;
  route: ResourceDocument | undefined;
}

function RouteEditor({ gns, name, target, route }: RouteEditorProps) {
  const key = routeKey(gns, name);
  const go = useGo();
  const [deleting, setDeleting] = useState(false);
  const [restored, setRestored] = useState<number>();
  const editor = useEditor(key, route, () => (route === undefined ? { text: write(newRoute(gns, name, target)), base: null } : draftOf(route)));
  // The newest of what was done here.
  const shown = Math.max(editor.applied ?? 0, restored ?? 0) || undefined;
  return (
    <PageFrame
      title={`Route ${name}`}
      crumbs={UP}
      label={route === undefined ? undefined : <ResourceState conditions={route.status?.conditions} />}
      lead={
        <>
          {route === undefined ? 'Not created yet. ' : ''}
          In the global namespace <AppLink to={pathTo('global-namespaces', gns)}>{gns}</AppLink>
        </>
      }
      actions={
        route !== undefined && (
          <ActionButton needs="edit" variant="secondary" isDanger onClick={() => setDeleting(true)}>
            Delete
          </ActionButton>
        )
      }
    >
      {shown !== undefined && <RevisionProgress revision={shown} title={restored === shown ? 'Restored' : 'Stored'} />}
      <Restored editor={editor} isNew={route === undefined} />
      <RouteTabs editor={editor} route={route} gns={gns} name={name} onRestored={setRestored} />
      {deleting && route !== undefined && (
        <DeleteResource
          resourceKey={key}
          generation={route.metadata.generation ?? 0}
          onClose={() => setDeleting(false)}
          onDeleted={(revision) => go(pathTo('changes', String(revision)))}
        >
          <p>The service goes back to its own default: the caller’s cluster first, the others when it fails.</p>
        </DeleteResource>
      )}
    </PageFrame>
  );
}

function Restored({ editor, isNew }: { editor: Editor; isNew: boolean }) {
  const go = useGo();
  if (!editor.restored) return null;
  return (
    <Alert
      isInline
      variant="info"
      title="Your draft of an earlier visit is shown; it is not applied."
      actionLinks={
        <Button
          variant="link"
          isInline
          onClick={() => {
            editor.discard();
            if (isNew) go('routes');
          }}
        >
          Discard it
        </Button>
      }
    />
  );
}

interface RouteTabsProps {
  editor: Editor;
  route: ResourceDocument | undefined;
  gns: string;
  name: string;
  onRestored: (revision: number) => void;
}

function RouteTabs({ editor, route, gns, name, onRestored }: RouteTabsProps) {
  const { tab = 'form' } = useSearchParams();
  const set = useSetSearch();
  const { allowed } = usePermission('edit');
  const [reviewing, setReviewing] = useState(false);
  const verb = route === undefined ? 'Review and create' : 'Review and apply';
  const bar = allowed && <EditorBar editor={editor} verb={verb} onReview={() => setReviewing(true)} />;
  return (
    <>
      <EditorConflict editor={editor} what={`Route ${name}`} />
      <Tabs activeKey={tab} onSelect={(_event, next) => set({ tab: next === 'form' ? undefined : String(next) }, { replace: true })} aria-label="Views of the route" mountOnEnter unmountOnExit>
        <Tab eventKey="form" title={<TabTitleText>Rules</TabTitleText>}>
          <TabContentBody className="weft-tab">
            <FormView editor={editor} />
            {bar}
          </TabContentBody>
        </Tab>
        <Tab eventKey="yaml" title={<TabTitleText>YAML</TabTitleText>}>
          <TabContentBody className="weft-tab">
            <YamlEditor value={editor.text} onChange={editor.setText} violations={editor.violations} label={`YAML of route ${name}`} isReadOnly={!allowed} height="fill" onSave={() => setReviewing(true)} />
            {bar}
          </TabContentBody>
        </Tab>
        {route !== undefined && (
          <Tab eventKey="status" title={<TabTitleText>Clusters</TabTitleText>}>
            <TabContentBody className="weft-tab">
              <Delivery clusters={route.status?.clusters ?? []} />
            </TabContentBody>
          </Tab>
        )}
        {route !== undefined && (
          <Tab eventKey="history" title={<TabTitleText>History</TabTitleText>}>
            <TabContentBody className="weft-tab">
              <History resourceKey={routeKey(gns, name)} generation={route.metadata.generation ?? 0} onRestored={onRestored} />
            </TabContentBody>
          </Tab>
        )}
      </Tabs>
      {reviewing && (
        <ReviewDialog editor={editor} title={route === undefined ? `Create route ${name}?` : `Apply the changes to route ${name}?`} verb={route === undefined ? 'Create' : 'Apply'} onClose={() => setReviewing(false)} />
      )}
    </>
  );
}

function FormView({ editor }: { editor: Editor }) {
  const set = useSetSearch();
  if (editor.parsed.document !== null) return <RouteFields editor={editor} document={editor.parsed.document} />;
  return (
    <Alert
      isInline
      variant="warning"
      title="The form cannot show the YAML as it is"
      actionLinks={
        <Button variant="link" isInline onClick={() => set({ tab: 'yaml' }, { replace: true })}>
          Mend the YAML
        </Button>
      }
    >
      {yamlTrouble(editor)}. Nothing of it is lost.
    </Alert>
  );
}
