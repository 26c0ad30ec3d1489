import type { Theme } from "../state/scene";
import { usePage } from "./context";

const ORDER: readonly (Theme | null)[] = [null, "light", "dark"];
const WORDS = { light: "light", dark: "dark", system: "as the system" };
const word = (theme: Theme | null): string => WORDS[theme ?? "system"];

/** Goes from light to dark to what the system says; only the address keeps it. */
export function ThemeButton() {
  const { store } = usePage();
  const { theme } = store.scene.value;
  const next = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length]!;
  return (
    <button type="button" class="theme" aria-label={`Colours: ${word(theme)}`} title={`Colours: ${word(theme)}. Press for: ${word(next)}`} onClick={() => { store.turn({ theme: next }); store.say(`colours: ${word(next)}`); }}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" fill={theme === "dark" ? "currentColor" : "none"} stroke="currentColor" stroke-width="1.6" />
        {theme === null && <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />}
      </svg>
    </button>
  );
}
