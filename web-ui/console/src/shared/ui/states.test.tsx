import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ApiProblem } from '../../api/problem';
import { Stale } from './states';

const at = Date.UTC(2026, 0, 1, 12, 0, 0);

it('says that what is shown was deleted by somebody else', () => {
  render(<Stale error={new ApiProblem({ status: 404, title: 'Not Found' })} at={at} onRetry={() => {}} what="Route cart" />);
  expect(screen.getByText(/Route cart was deleted, or is no longer for you to see/)).toBeInTheDocument();
});

it('keeps to what it knows when the newest read failed otherwise', () => {
  render(<Stale error={new ApiProblem({ status: 503, title: 'The hub is away' })} at={at} onRetry={() => {}} what="Route cart" />);
  expect(screen.getByText(/could not be read again: The hub is away/)).toBeInTheDocument();
});
