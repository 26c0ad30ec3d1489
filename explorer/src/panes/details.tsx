import { usePage } from "./context";

export function Details() {
  const { store } = usePage();
  return <p>{store.scene.value.chosen?.id}</p>;
}
