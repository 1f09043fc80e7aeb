import { Breadcrumb, BreadcrumbItem, PageSection, Title } from '@patternfly/react-core';
import { useEffect, type ReactNode } from 'react';
import type { Place } from '~/app/manifest';
import { AppLink, useTenant } from '~/app/navigate';

export interface PageFrameProps {
  title: string;
  /** The way up, outermost first, without the page itself. */
  crumbs?: readonly Place[];
  /** Beside the title: the state of what is shown. */
  label?: ReactNode;
  /** One line that says what the page is. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Full height for editors and wizards. */
  isFilled?: boolean;
}

/** Breadcrumb, title and actions; the document's title follows. */
export function PageFrame({ title, crumbs = [], label, lead, actions, children, isFilled = false }: PageFrameProps) {
  const tenant = useTenant();
  useEffect(() => {
    document.title = `${title} · ${tenant} · Weft`;
  }, [title, tenant]);
  return (
    <>
      <PageSection className="weft-page-head" hasBodyWrapper={false}>
        {crumbs.length > 0 && (
          <Breadcrumb className="weft-crumbs">
            {crumbs.map((crumb) => (
              <BreadcrumbItem key={crumb.to} render={({ className }) => <AppLink to={crumb.to} search={crumb.search} className={className}>{crumb.label}</AppLink>} />
            ))}
            <BreadcrumbItem isActive>{title}</BreadcrumbItem>
          </Breadcrumb>
        )}
        <div className="weft-title-row">
          <div className="weft-title">
            <Title headingLevel="h1" size="2xl" id="page-title" tabIndex={-1}>
              {title}
            </Title>
            {label}
          </div>
          {actions !== undefined && <div className="weft-title-actions">{actions}</div>}
        </div>
        {lead !== undefined && lead !== '' && <p className="weft-lead">{lead}</p>}
      </PageSection>
      <PageSection hasBodyWrapper={false} isFilled={isFilled} className="weft-page-body">
        {children}
      </PageSection>
    </>
  );
}
