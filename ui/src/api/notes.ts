import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { Notes } from "@/api/model";

const place = (traceId: string) => `/traces/${encodeURIComponent(traceId)}`;

/** GET /traces/{id}/notes: what was said of a trace later. */
export function useNotes(traceId: string) {
  return useQuery({
    queryKey: ["notes", traceId],
    queryFn: ({ signal }) => request<Notes>(`${place(traceId)}/notes`, { signal }),
  });
}

export type NoteChange =
  | { type: "bookmark"; isOn: boolean }
  | { type: "tag"; tag: string; isOn: boolean }
  | { type: "comment"; text: string; spanId?: string | undefined }
  | { type: "uncomment"; id: string }
  | { type: "score"; name: string; value: number | boolean | string };

/** Changes the notes of a trace, then loads them and the lists anew. */
export function useChangeNotes(traceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: NoteChange) => send(traceId, change),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["notes", traceId] });
      void client.invalidateQueries({ queryKey: ["trace", traceId] });
      void client.invalidateQueries({ queryKey: ["traces"] });
    },
  });
}

function send(traceId: string, change: NoteChange): Promise<unknown> {
  const here = place(traceId);
  switch (change.type) {
    case "bookmark":
      return request(`${here}/bookmark`, { method: change.isOn ? "PUT" : "DELETE" });
    case "tag":
      return request(`${here}/tags/${encodeURIComponent(change.tag)}`, {
        method: change.isOn ? "PUT" : "DELETE",
      });
    case "comment":
      return request(`${here}/comments`, {
        method: "POST",
        body: { text: change.text, span_id: change.spanId ?? "" },
      });
    case "uncomment":
      return request(`${here}/comments/${change.id}`, { method: "DELETE" });
    case "score":
      return request("/scores", {
        method: "POST",
        body: {
          scores: [{ name: change.name, value: change.value, trace_id: traceId, source: "person" }],
        },
      });
  }
}
