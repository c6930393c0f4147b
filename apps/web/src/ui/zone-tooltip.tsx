/** Shows, on hover and focus, one moment in the reader's zone and in those of Washington and Tokyo. */
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Language } from '@lodestone/document-model';
import { capitals, exactMoment, ownZone } from './moment-text.ts';
import styles from './zone-tooltip.module.css';

export interface ZoneTooltipProps {
  readonly at: Date;
  readonly language: Language;
  readonly places: { readonly own: string; readonly washington: string; readonly tokyo: string };
  /** One element that can be focused or pointed at. */
  readonly children: ReactElement;
}

export function ZoneTooltip({ at, language, places, children }: ZoneTooltipProps) {
  const rows = [
    { place: places.own, zone: ownZone() },
    { place: places.washington, zone: capitals.washington },
    { place: places.tokyo, zone: capitals.tokyo },
  ];
  const label = (
    <span className={styles.zones}>
      {rows.map(({ place, zone }) => (
        <span key={place} className={styles.row}>
          <span>{place}</span>
          <span>{exactMoment(at, { language, zone })}</span>
        </span>
      ))}
    </span>
  );

  return (
    <Tooltip
      label={label}
      openDelay={200}
      events={{ hover: true, focus: true, touch: true }}
      // Beside its element, inside the same landmark; fixed, so that no scroller cuts it off.
      withinPortal={false}
      floatingStrategy="fixed"
    >
      {children}
    </Tooltip>
  );
}
