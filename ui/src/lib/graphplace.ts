/** Where the nodes of a graph are drawn in a box: what is in one layer side by side, or stacked. */

export interface Placed {
  layer: number;
  row: number;
}

interface Box {
  width: number;
  height: number;
}

interface Placing {
  /** Layers follow each other to the right instead of downwards. */
  isAcross: boolean;
  /** How small it gets if all of it is to be seen; 1 at most. */
  scale: number;
  at: (node: Placed) => { x: number; y: number };
}

const CARD = { width: 224, height: 76 };
const GAP = { across: 36, down: 36 };

/** Whichever way can be read better in a box of this shape. */
export function placing(nodes: readonly Placed[], box: Box): Placing {
  const layers = 1 + nodes.reduce((most, node) => Math.max(most, node.layer), 0);
  const rows = 1 + nodes.reduce((most, node) => Math.max(most, node.row), 0);
  const step = { x: CARD.width + GAP.across, y: CARD.height + GAP.down };
  const down = scaleIn(box, rows * CARD.width, layers * step.y);
  const across = scaleIn(box, layers * step.x, rows * CARD.height);
  if (across > down)
    return {
      isAcross: true,
      scale: across,
      at: ({ layer, row }) => ({ x: layer * step.x, y: row * CARD.height }),
    };
  return {
    isAcross: false,
    scale: down,
    at: ({ layer, row }) => ({ x: row * CARD.width, y: layer * step.y }),
  };
}

function scaleIn(box: Box, width: number, height: number): number {
  return Math.min(1, box.width / width, box.height / height);
}
