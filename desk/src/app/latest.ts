/** Which of several steps was taken last: what it answered is what people want to see. */
export function latest<Step extends { submittedAt: number }>(first: Step, ...others: Step[]): Step {
  return others.reduce((last, one) => (one.submittedAt > last.submittedAt ? one : last), first);
}
