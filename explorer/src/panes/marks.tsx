import { corners } from "../picture/looks";

/** The sign of a family: its shape in its colour. */
export function Mark({ family }: { family: string }) {
  const points = corners(family).map(({ x, y }) => `${8 + 5.6 * x},${8 + 5.6 * y}`).join(" ");
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true" fill={`var(--${family})`}>
      {points ? <polygon points={points} stroke={`var(--${family})`} stroke-width="1.5" stroke-linejoin="round" /> : <circle cx="8" cy="8" r="6" />}
    </svg>
  );
}
