import { Card, CardBody, CardTitle, Skeleton } from '@patternfly/react-core';
import { CheckCircleIcon, OutlinedCircleIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { placeOf } from '~/app/features';
import { AppLink, useLinkProps, useTenant } from '~/app/navigate';
import { count } from '~/shared/format/numbers';
import { useLater } from '~/shared/hooks/use-later';
import { ActionButton } from '~/shared/ui/ActionButton';
import { AsOf } from '~/shared/ui/AsOf';
import { PageFrame } from '~/shared/ui/PageFrame';
import { QueryView } from '~/shared/ui/QueryView';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { byWeight, figureCards, problemTone, problemWord, startSteps, type FigureCard, type Overview, type Problem } from '../model';
import { overviewOptions } from '../queries';
import { Newest } from './Newest';
import '../overview.css';

/** What needs attention in this tenant. */
export default function OverviewPage() {
  const tenant = useTenant();
  const query = useQuery(overviewOptions(tenant));
  return (
    <PageFrame title="Overview" actions={<AsOf at={query.dataUpdatedAt} />}>
      <QueryView query={query} what="The overview" skeleton={<OverviewSkeleton />}>
        {(overview) => (
          <div className="weft-stack-wide">
            <StartList overview={overview} />
            <div className="weft-figures">
              {figureCards(overview).map((card) => (
                <FigureView key={card.title} card={card} />
              ))}
            </div>
            <Problems problems={overview.problems} nothingYet={overview.clusters.total === 0} />
            {overview.clusters.total > 0 && <Newest />}
          </div>
        )}
      </QueryView>
    </PageFrame>
  );
}

function StartList({ overview }: { overview: Overview }) {
  const link = useLinkProps();
  const steps = startSteps(overview);
  if (steps.every((step) => step.done)) return null;
  const next = steps.findIndex((step) => !step.done);
  return (
    <Card>
      <CardTitle component="h2">Start here</CardTitle>
      <CardBody>
        <ol className="weft-start">
          {steps.map((step, index) => (
            <li key={step.title}>
              <span className={step.done ? 'weft-start-sign weft-start-done' : 'weft-start-sign'} aria-hidden="true">
                {step.done ? <CheckCircleIcon /> : <OutlinedCircleIcon />}
              </span>
              <span className="weft-start-text">
                <strong>{step.title}</strong>
                {step.done && <span className="pf-v6-screen-reader"> (done)</span>}
                <span>{step.text}</span>
              </span>
              {!step.done && (
                <ActionButton needs={step.needs} variant={index === next ? 'primary' : 'secondary'} component="a" {...link(step.to)}>
                  {step.action}
                </ActionButton>
              )}
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

function FigureView({ card }: { card: FigureCard }) {
  return (
    <Card isCompact>
      <CardTitle component="h2">{card.title}</CardTitle>
      <CardBody>
        <AppLink to={card.total.to} search={card.total.search} className="weft-figure-total" aria-label={`${count(card.total.value)} ${card.total.label}`}>
          {count(card.total.value)}
        </AppLink>
        <div className="weft-figure-parts">
          {card.parts.map((part) => (
            <AppLink key={part.label} to={part.to} search={part.search} className="weft-figure-part" aria-label={`${count(part.value)} ${part.label}: show them`}>
              <StatusLabel tone={part.tone ?? 'none'}>{`${count(part.value)} ${part.label}`}</StatusLabel>
            </AppLink>
          ))}
        </div>
      </CardBody>
    </Card>
  );
}

function Problems({ problems, nothingYet }: { problems: readonly Problem[]; nothingYet: boolean }) {
  if (nothingYet) return null;
  return (
    <Card>
      <CardTitle component="h2">{problems.length === 0 ? 'No problems' : `Problems (${count(problems.length)})`}</CardTitle>
      <CardBody>
        {problems.length === 0 ? (
          <StatusLabel tone="ok">Nothing needs attention</StatusLabel>
        ) : (
          <ul className="weft-problems">
            {byWeight(problems).map((problem, index) => (
              <ProblemRow key={`${problem.code} ${problem.title} ${index}`} problem={problem} />
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const place = problem.resource !== undefined ? placeOf(problem.resource) : problem.cluster !== undefined ? placeOf({ kind: 'Cluster', name: problem.cluster }) : undefined;
  return (
    <li>
      <span>
        <StatusLabel tone={problemTone(problem.severity)}>{problemWord(problem.severity)}</StatusLabel>
      </span>
      <span>
        {place === undefined ? (
          <strong>{problem.title}</strong>
        ) : (
          <AppLink to={place.to} search={place.search}>
            {problem.title}
          </AppLink>
        )}
        <span className="weft-problem-detail">{problem.detail}</span>
      </span>
    </li>
  );
}

function OverviewSkeleton() {
  const later = useLater(200);
  return (
    <div className="weft-figures" role="status" aria-busy="true" aria-label="Loading the overview">
      {Array.from({ length: 5 }, (_, card) => (
        <Card isCompact key={card}>
          <CardTitle>{later ? <Skeleton width="60%" screenreaderText="" /> : '\u00a0'}</CardTitle>
          <CardBody>
            {later ? <Skeleton width="40%" height="2.6rem" screenreaderText="" /> : <div className="weft-figure-total">&nbsp;</div>}
            <div className="weft-figure-parts" />
          </CardBody>
        </Card>
      ))}
    </div>
  );
}
