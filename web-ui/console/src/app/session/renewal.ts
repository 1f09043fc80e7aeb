const CHANNEL = 'weft.session';

/** Tells every tab of this browser that somebody logged in. */
export function tellSessionRenewed(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('renewed');
  channel.close();
}

export function onSessionRenewed(listener: () => void): () => void {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
  if (channel !== undefined) channel.onmessage = listener;
  return () => channel?.close();
}
