// Tasks of a page's main thread, from a trace of the browser.
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time, µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What `browser.startTracing` has to record for it. */
export const TRACE_CATEGORIES = ['toplevel', '__metadata'];

/** Processor milliseconds of every task of the page's main thread, of the renderer that was busiest: other work on the machine does not count. */
export function mainThreadTasks(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const place = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(place));
  const tasks = traceEvents.filter((event) => event.name === 'ThreadControllerImpl::RunTask' && event.tdur !== undefined);
  const byThread = [...mains].map((main) => tasks.filter((task) => place(task) === main).map(({ tdur }) => (tdur as number) / 1000));
  const total = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0);
  return byThread.sort((a, b) => total(b) - total(a))[0] ?? [];
}
