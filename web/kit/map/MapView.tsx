import { lazy, Suspense, useState } from 'react'
import { Boundary } from '../ui/Boundary.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Tag, tierWords } from '../ui/Tags.tsx'
import './map.css'
import { loudLast, type MapSite, type MapTown, tierColours } from './shapes.ts'
import { SvgMap } from './SvgMap.tsx'

// The library is larger than everything else together; it comes only with the first map.
const GlMap = lazy(() => import('./GlMap.tsx').then((made) => ({ default: made.GlMap })))

export interface MapViewProps {
  towns: readonly MapTown[]
  sites: readonly MapSite[]
  /** Opens the page of a site. */
  onOpen?: (id: string) => void
  label?: string
  height?: number
  /** The list of all sites below the map, for those who do not use a pointer. */
  list?: boolean
}

function hasWebGl(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}

/** The county with its sites by tier. Asks no tile or font server; without WebGL the same data are drawn as SVG. */
export function MapView({ towns, sites, onOpen, label = '辖区工地分布图', height = 420, list = true }: MapViewProps) {
  const [drawn, setDrawn] = useState<'gl' | 'svg'>(() => (hasWebGl() ? 'gl' : 'svg'))
  return (
    <div className="map">
      <div className="map-frame" style={{ height }}>
        {drawn === 'gl' ? (
          <Boundary>
            <Suspense fallback={<Loading label="正在打开地图" />}>
              <GlMap towns={towns} sites={sites} onOpen={onOpen} onBroken={() => setDrawn('svg')} label={label} />
            </Suspense>
          </Boundary>
        ) : (
          <SvgMap towns={towns} sites={sites} onOpen={onOpen} label={label} />
        )}
      </div>
      <Legend sites={sites} />
      {list && <SiteList sites={sites} onOpen={onOpen} />}
    </div>
  )
}

function Legend({ sites }: { sites: readonly MapSite[] }) {
  return (
    <p className="map-legend tiny muted num">
      {(['calm', 'yellow', 'red'] as const).map((tier) => (
        <span key={tier}>
          <i style={{ background: tierColours[tier] }} aria-hidden />
          {tierWords[tier]} {sites.filter((site) => site.tier === tier).length}
        </span>
      ))}
    </p>
  )
}

function SiteList({ sites, onOpen }: Pick<MapViewProps, 'sites' | 'onOpen'>) {
  return (
    <details className="map-list">
      <summary>以列表查看（{sites.length}）</summary>
      <ul>
        {loudLast(sites)
          .toReversed()
          .map((site) => (
            <li key={site.id}>
              <button type="button" className="link" onClick={() => onOpen?.(site.id)}>
                {site.name}
              </button>
              <Tag tone={site.tier}>{tierWords[site.tier]}</Tag>
            </li>
          ))}
      </ul>
    </details>
  )
}
