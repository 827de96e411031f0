import { centroid, type Point } from '@plumbline/core/kit'
import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useState } from 'react'
import { tierWords } from '../ui/Tags.tsx'
import './map.css'
import { boxOf, loudLast, type MapSite, type MapTown, projection, tierColours } from './shapes.ts'

export interface SvgMapProps {
  towns: readonly MapTown[]
  sites: readonly MapSite[]
  onOpen?: (id: string) => void
  /** Hears the place that was pressed, in degrees. */
  onPick?: (point: Point) => void
  picked?: Point | null
  label: string
}

/** Drawn at the size it has on the page, so that its words keep the size of words. */
function useSize() {
  const [size, setSize] = useState({ width: 840, height: 600 })
  // The drawing may come later than the page, when the towns have been read: it is watched from when it is there.
  const drawing = useCallback((svg: SVGSVGElement) => {
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {}
      if (width > 0 && height > 0) setSize({ width, height })
    })
    observer.observe(svg)
    return () => observer.disconnect()
  }, [])
  return { drawing, ...size }
}

/** The county drawn without WebGL: the same towns and sites as the large map, each site a button. */
export function SvgMap({ towns, sites, onOpen, onPick, picked, label }: SvgMapProps) {
  const { drawing, width, height } = useSize()
  const view = useMemo(() => {
    const box = boxOf(towns, towns.length ? [] : sites)
    return box && projection(box, width, height)
  }, [towns, sites, width, height])
  if (!view) return <p className="empty">没有可以画出的位置</p>

  const pick = (event: MouseEvent<SVGSVGElement>) => {
    const matrix = event.currentTarget.getScreenCTM()
    if (!onPick || !matrix) return
    onPick(view.toPoint(new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())))
  }
  return (
    <svg
      ref={drawing}
      viewBox={`0 0 ${width} ${height}`}
      className={onPick ? 'svg-map picks' : 'svg-map'}
      role="group"
      aria-label={label}
      onClick={onPick ? pick : undefined}
    >
      {towns.map((town) => (
        <polygon
          key={town.code}
          className="town"
          points={town.polygon.map((corner) => Object.values(view.toPlane(corner)).join(',')).join(' ')}
        />
      ))}
      {loudLast(sites).map((site) => (
        <SitePoint key={site.id} site={site} at={view.toPlane(site)} onOpen={onOpen} />
      ))}
      {towns.map((town) => (
        <text key={town.code} className="town-name" {...view.toPlane(centroid(town.polygon))}>
          {town.name}
        </text>
      ))}
      {picked && <PickedMark at={view.toPlane(picked)} />}
    </svg>
  )
}

interface SitePointProps {
  site: MapSite
  at: { x: number; y: number }
  onOpen: ((id: string) => void) | undefined
}

function SitePoint({ site, at, onOpen }: SitePointProps) {
  const words = `${site.name} ${tierWords[site.tier]}`
  const radius = site.tier === 'calm' ? 5 : site.tier === 'yellow' ? 6 : 7
  const opens = onOpen && {
    role: 'button',
    tabIndex: 0,
    'aria-label': words,
    onClick: () => onOpen(site.id),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' || event.key === ' ') onOpen(site.id)
    },
  }
  return (
    <g className="site" {...opens}>
      <title>{words}</title>
      <circle cx={at.x} cy={at.y} r={radius} fill={tierColours[site.tier]} />
      {site.tier === 'red' && (
        <text x={at.x + 11} y={at.y + 4} className="site-name">
          {site.name} 锁定
        </text>
      )}
    </g>
  )
}

function PickedMark({ at }: { at: { x: number; y: number } }) {
  return (
    <g className="picked-mark">
      <circle cx={at.x} cy={at.y} r={9} />
      <path d={`M${at.x - 16} ${at.y}h32M${at.x} ${at.y - 16}v32`} />
    </g>
  )
}
