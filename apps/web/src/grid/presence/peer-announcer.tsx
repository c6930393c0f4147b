/** Says politely who comes into the row one stands in: at most one sentence in five seconds. */
import { useEffect, useState } from 'react';
import { columnShowing } from '../columns/column.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { useWatched } from '../state/observable.ts';
import type { Peer } from '../view.ts';

const everyMs = 5_000;

export function PeerAnnouncer({ drawing }: { readonly drawing: Drawing }) {
  const { session, layout, text } = drawing;
  const record = useWatched(session.selection)?.active.record;
  const [sentence, setSentence] = useState('');
  useEffect(() => {
    if (record === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known = new Set(session.view.peersAt(record).map(keyOf));
    const say = () => {
      timer = undefined;
      const peers = session.view.peersAt(record);
      const news = peers.find((peer) => !known.has(keyOf(peer)));
      known = new Set(peers.map(keyOf));
      if (news === undefined) return;
      const column = columnShowing(layout.columns, news.field)?.label ?? news.field;
      setSentence(text(news.editing ? 'peerEdits' : 'peerStands', { name: news.name, column }));
      timer = setTimeout(say, everyMs);
    };
    const end = session.view.subscribePeers(record, () => {
      if (timer === undefined) say();
    });

    return () => {
      end();
      clearTimeout(timer);
    };
  }, [session, layout, text, record]);

  return (
    <div role="status" className="grid-unseen">
      {sentence}
    </div>
  );
}

function keyOf(peer: Peer): string {
  return `${peer.session} ${peer.field} ${String(peer.editing)}`;
}
