import { useEffect, useState } from "preact/hooks";

/** False until the picture has been seen, then true: what can wait does not hold it up. */
export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => { frame = requestAnimationFrame(() => setLate(true)); });
    return () => cancelAnimationFrame(frame);
  }, []);
  return late;
}
