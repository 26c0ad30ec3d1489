import { signsOf } from "../share/legend";
import { usePage } from "./context";
import { Line } from "./filter";
import { Mark } from "./marks";

/** The signs that are in view, in a line. */
export function LegendLine() {
  const { store } = usePage();
  return (
    <ul class="signs" aria-label="Legend">
      {signsOf(store).map((sign) => (
        <li key={sign.label}>{sign.sort === "family" ? <Mark family={sign.family} /> : <Line kind={sign.look} />}{sign.label}</li>
      ))}
    </ul>
  );
}
