import "@xyflow/react/dist/style.css";
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { useLayoutEffect, useRef, useState } from "react";
import { useGraph } from "@/api/analysis";
import type { Graph, GraphNode } from "@/api/model";
import { useTheme } from "@/app/theme";
import { ErrorState, Loading } from "@/components/States";
import { count, counted, duration, money } from "@/lib/format";
import { placing } from "@/lib/graphplace";
import { kindToken } from "@/lib/kinds";
import styles from "./AgentGraph.module.css";

/** Smaller than this it cannot be read: the beginning is shown instead of all. */
const LEAST_SCALE = 0.4;
/** So many are seen at once: no map is needed, which would cover some. */
const FEW_NODES = 9;

type Card = Node<{ node: GraphNode; isSelected: boolean; isAcross: boolean }, "card">;

interface AgentGraphProps {
  traceId: string;
  selected: string | undefined;
  onSelect: (spanId: string) => void;
}

/** Who called whom and who came after whom; a click goes through the spans of a node. */
export function AgentGraph({ traceId, ...rest }: AgentGraphProps) {
  const [isSimple, setSimple] = useState(true);
  const graph = useGraph(traceId, isSimple);
  if (graph.data) return <Drawn graph={graph.data} {...rest} {...{ isSimple, setSimple }} />;
  if (graph.isPending) return <Loading height={240} />;
  return (
    <ErrorState title="The graph cannot be loaded" error={graph.error} onRetry={graph.refetch} />
  );
}

interface DrawnProps extends Omit<AgentGraphProps, "traceId"> {
  graph: Graph;
  isSimple: boolean;
  setSimple: (isSimple: boolean) => void;
}

function Drawn({ graph, isSimple, setSimple, selected, onSelect }: DrawnProps) {
  const [theme] = useTheme();
  const [canvas, box] = useBox();
  const place = placing(graph.nodes, box ?? NO_BOX);
  const nodes: Card[] = graph.nodes.map((node) => ({
    id: node.id,
    type: "card",
    position: place.at(node),
    data: {
      node,
      isSelected: selected !== undefined && node.spans.includes(selected),
      isAcross: place.isAcross,
    },
    ariaLabel: `${node.kind} ${node.name}, ${counted(node.spans.length, "span")}`,
  }));
  const edges: Edge[] = graph.edges.map((edge) => ({
    id: `${edge.type} ${edge.from} > ${edge.to}`,
    source: edge.from,
    target: edge.to,
    animated: edge.type === "handover",
    ...(edge.count > 1 ? { label: `${edge.count}×` } : {}),
    style: {
      stroke: edge.is_back ? "var(--warn)" : "var(--border-strong)",
      strokeWidth: Math.min(4, 1 + Math.log2(edge.count)),
      ...(edge.type === "handover" ? { strokeDasharray: "5 4" } : {}),
    },
    markerEnd: { type: MarkerType.ArrowClosed },
  }));
  const onNode = (id: string) => {
    const spans = graph.nodes.find((node) => node.id === id)?.spans ?? [];
    const next = spans[(spans.indexOf(selected ?? "") + 1) % spans.length];
    if (next) onSelect(next);
  };
  return (
    <div className={styles.graph}>
      <div className={styles.bar}>
        <label>
          <input
            type="checkbox"
            checked={isSimple}
            onChange={(event) => setSimple(event.target.checked)}
          />
          Join what is alike
        </label>
        <span>
          <i className={styles.call} /> calls <i className={styles.handover} /> then{" "}
          <i className={styles.back} /> leads back
        </span>
        {graph.left > 0 && <span>{count(graph.left)} spans are not shown.</span>}
        {graph.spans_truncated && <span>The trace has more spans than are drawn here.</span>}
      </div>
      <div className={styles.canvas} ref={canvas}>
        {box && (
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            onNodeClick={(_event, node) => onNode(node.id)}
            nodesConnectable={false}
            fitView
            fitViewOptions={{
              maxZoom: 1,
              ...(place.scale < LEAST_SCALE ? { nodes: nodes.filter(isAtBeginning) } : {}),
            }}
            minZoom={0.1}
            colorMode={theme}
            aria-label="Agent graph"
          >
            <Background />
            <Controls showInteractive={false} />
            {nodes.length > FEW_NODES && (
              <MiniMap
                pannable
                zoomable
                ariaLabel="Map of the graph"
                nodeColor="var(--border-strong)"
                maskColor="color-mix(in srgb, var(--surface-3) 60%, transparent)"
                style={{ width: 120, height: 90 }}
              />
            )}
          </ReactFlow>
        )}
      </div>
    </div>
  );
}

const NO_BOX = { width: 1, height: 1 };

/** The first layers and rows, as many as can be read at once. */
const isAtBeginning = ({ data }: Card) => data.node.layer < 3 && data.node.row < 6;

/** The size of an element once it is laid out. */
function useBox() {
  const ref = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<{ width: number; height: number } | null>(null);
  useLayoutEffect(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = ref.current ?? {};
    setBox({ width, height });
  }, []);
  return [ref, box] as const;
}

const NODE_TYPES = { card: NodeCard };

function NodeCard({ data }: NodeProps<Card>) {
  const { node } = data;
  return (
    <div className={styles.card} data-selected={data.isSelected} data-error={node.errors > 0}>
      <Handle type="target" position={data.isAcross ? Position.Left : Position.Top} />
      <div>
        <i style={{ background: `var(${kindToken(node.kind)})` }} />
        <b title={node.name}>{node.name}</b>
        {node.spans.length > 1 && <small>{node.spans.length}×</small>}
      </div>
      <p>
        {node.kind}, {duration(node.duration_ms)}
        {Number(node.cost_usd) > 0 && `, ${money(node.cost_usd)}`}
        {node.is_parallel && ", parallel"}
        {node.errors > 0 && <em> {node.errors} failed</em>}
      </p>
      <Handle type="source" position={data.isAcross ? Position.Right : Position.Bottom} />
    </div>
  );
}
