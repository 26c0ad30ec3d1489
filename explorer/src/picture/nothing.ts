import type { EdgeProgramType, NodeProgramType } from "sigma/rendering";

/**
 * Draws nothing, and so has no shader to compile. sigma always has programs of its own for discs and arrows and others for
 * what is hovered over, which take a good part of the time until the first picture where there is no graphics card.
 */
class Nothing {
  readonly drawLabel = undefined;
  readonly drawHover = undefined;
  kill(): void {}
  reallocate(): void {}
  process(): void {}
  render(): void {}
}

export const NoNodes = Nothing as unknown as NodeProgramType;
export const NoEdges = Nothing as unknown as EdgeProgramType;
