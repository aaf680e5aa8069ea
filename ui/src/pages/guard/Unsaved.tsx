import { useBlocker } from "@tanstack/react-router";
import { Confirm } from "@/components/Confirm";

/** Asks before a page is left whose changes nobody kept; `isChanged` is asked at that moment. */
export function Unsaved({ isChanged }: { isChanged: () => boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isChanged,
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  if (status !== "blocked") return null;
  return (
    <Confirm
      title="Leave without keeping it?"
      action="Leave"
      isBusy={false}
      error={null}
      onConfirm={proceed}
      onClose={reset}
    >
      <p>What you changed here is not kept yet.</p>
    </Confirm>
  );
}
