import type { FieldTab } from '../kit/panels.tsx'

const drawings = {
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 2h4l1-2h5',
  site: 'M4 20h16M6 20V5h12v15M10 9h.1M14 9h.1M10 13h.1M14 13h.1M11 20v-3h2v3',
  check: 'M6 4h12v16H6zM9 9h6M9 13h2M13 14l1.5 1.5L18 12',
  repair: 'M4 20l7-7M14 4a5 5 0 0 0-3 8l1 1a5 5 0 0 0 8-3l-3 1-2-2 1-3z',
  device: 'M12 20v-8M8 8a5.5 5.5 0 0 1 8 0M5 5a10 10 0 0 1 14 0M12 11v.1',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6',
} as const satisfies Record<FieldTab['icon'], string>

/** The small drawings of the tabs, in the line of the mark. */
export function TabIcon({ name }: { name: FieldTab['icon'] }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden>
      <path d={drawings[name]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
