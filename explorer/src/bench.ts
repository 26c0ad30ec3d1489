/** Tells a bench the moments of the page, where one has put `__bench` there before: see bench/explorer.py. */
interface Marks { renders: number; firstPaint: number | null; stable: number | null }
declare global { interface Window { __bench?: Marks } }

export const bench = {
  /** The picture has been handed the whole scene. */
  drew(): void {
    const marks = window.__bench;
    if (!marks || marks.firstPaint !== null) return;
    marks.firstPaint = -1;
    requestAnimationFrame(() => requestAnimationFrame(() => { marks.firstPaint = marks.stable = performance.now(); }));
  },
  /** Count what is drawn. */
  follow(host: HTMLElement): void {
    const marks = window.__bench;
    if (marks) host.addEventListener("keiretsu-drawn", () => { marks.renders += 1; });
  },
};
