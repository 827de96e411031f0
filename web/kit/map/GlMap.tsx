import { centroid } from '@plumbline/core/kit'
import {
  type ExpressionSpecification,
  type GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
  setWorkerUrl,
  type StyleSpecification,
} from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
// Bundled, the library cannot find its own worker: it asks for a file that is not there while `load` still fires.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { useEffect, useRef } from 'react'
import { boxOf, loudLast, type MapSite, type MapTown, tierColours } from './shapes.ts'

setWorkerUrl(workerUrl)

export interface GlMapProps {
  towns: readonly MapTown[]
  sites: readonly MapSite[]
  onOpen: ((id: string) => void) | undefined
  /** WebGL was lost or refused: the caller draws the map another way. */
  onBroken: () => void
  label: string
}

/** GeoJSON as the library takes it. */
type Shapes = Exclude<Parameters<GeoJSONSource['setData']>[0], string>

const townLines = (towns: readonly MapTown[]): Shapes => ({
  type: 'FeatureCollection',
  features: towns.map(({ name, polygon }) => {
    const ring = polygon.map(({ lon, lat }) => [lon, lat])
    const closed = ring[0] ? [...ring, ring[0]] : ring
    return { type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [closed] } }
  }),
})

const townNames = (towns: readonly MapTown[]): Shapes => ({
  type: 'FeatureCollection',
  features: towns.map(({ name, polygon }) => {
    const { lon, lat } = centroid(polygon)
    return { type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates: [lon, lat] } }
  }),
})

const locked = (sites: readonly MapSite[]) => sites.filter((site) => site.tier === 'red')
const quiet = (sites: readonly MapSite[]) => sites.filter((site) => site.tier !== 'red')

const sitePoints = (sites: readonly MapSite[]): Shapes => ({
  type: 'FeatureCollection',
  features: loudLast(sites).map(({ id, name, tier, lon, lat }) => ({
    type: 'Feature',
    properties: { id, name, tier },
    geometry: { type: 'Point', coordinates: [lon, lat] },
  })),
})

const byTier: ExpressionSpecification = ['match', ['get', 'tier'], 'yellow', tierColours.yellow, tierColours.calm]
/** A cluster with a yellow site in it is yellow; the figure on it is dark, white on #d48806 is too faint to read. */
const hasYellow: ExpressionSpecification = ['>', ['get', 'yellows'], 0]
const ofCluster: ExpressionSpecification = ['case', hasYellow, tierColours.yellow, tierColours.calm]
const onCluster: ExpressionSpecification = ['case', hasYellow, '#1c2430', '#ffffff']
const isCluster: ExpressionSpecification = ['has', 'point_count']
const countYellow: ExpressionSpecification = ['+', ['case', ['==', ['get', 'tier'], 'yellow'], 1, 0]]

const at = (x: number, y: number): [number, number] => [x, y]

/** Where the name of a locked site may stand, best first: beside its point, else past a cluster that lies there. */
const lockedAnchors = [1, 2.4].flatMap((far): (string | [number, number])[] => {
  const slant = far * 0.7
  return [
    ...['left', at(far, 0), 'right', at(-far, 0), 'top', at(0, far), 'bottom', at(0, -far)],
    ...['top-left', at(slant, slant), 'top-right', at(-slant, slant)],
    ...['bottom-left', at(slant, -slant), 'bottom-right', at(-slant, -slant)],
  ]
})

/** Without `glyphs` labels are drawn with the reader's own fonts; no server is asked for anything. */
const styleOf = (towns: readonly MapTown[], sites: readonly MapSite[]): StyleSpecification => ({
  version: 8,
  sources: {
    towns: { type: 'geojson', data: townLines(towns) },
    names: { type: 'geojson', data: townNames(towns) },
    sites: {
      type: 'geojson',
      data: sitePoints(quiet(sites)),
      cluster: true,
      clusterRadius: 28,
      clusterMaxZoom: 13,
      clusterProperties: { yellows: countYellow },
    },
    // A locked site never disappears into a heap.
    locked: { type: 'geojson', data: sitePoints(locked(sites)) },
  },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#f2f5f7' } },
    { id: 'towns', type: 'fill', source: 'towns', paint: { 'fill-color': '#ffffff' } },
    { id: 'borders', type: 'line', source: 'towns', paint: { 'line-color': '#c9d1da', 'line-width': 1 } },
    {
      id: 'names',
      type: 'symbol',
      source: 'names',
      layout: {
        'text-field': ['get', 'name'],
        'text-size': 12,
        // A name gives way to the number of a cluster instead of vanishing under it.
        'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
        'text-radial-offset': 1,
      },
      paint: { 'text-color': '#56606e', 'text-halo-color': '#ffffff', 'text-halo-width': 1.5 },
    },
    {
      id: 'clusters',
      type: 'circle',
      source: 'sites',
      filter: isCluster,
      paint: {
        'circle-color': ofCluster,
        'circle-radius': ['interpolate', ['linear'], ['get', 'point_count'], 2, 11, 50, 20],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'sites',
      type: 'circle',
      source: 'sites',
      filter: ['!', isCluster],
      paint: {
        'circle-color': byTier,
        'circle-radius': ['match', ['get', 'tier'], 'yellow', 7, 5],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'locked',
      type: 'circle',
      source: 'locked',
      paint: {
        'circle-color': tierColours.red,
        'circle-radius': 7,
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'locked-names',
      type: 'symbol',
      source: 'locked',
      layout: {
        'text-field': ['concat', ['get', 'name'], ' 锁定'],
        'text-size': 12,
        'text-max-width': 24,
        'text-justify': 'auto',
        'text-variable-anchor-offset': lockedAnchors,
      },
      paint: { 'text-color': tierColours.red, 'text-halo-color': '#ffffff', 'text-halo-width': 1.5 },
    },
    // Placed first, with the room of its circle around it: the names above give way.
    {
      id: 'counts',
      type: 'symbol',
      source: 'sites',
      filter: isCluster,
      layout: {
        'text-field': ['to-string', ['get', 'point_count']],
        'text-size': 12,
        'text-allow-overlap': true,
        'text-padding': 6,
      },
      paint: { 'text-color': onCluster },
    },
  ],
})

/** Pressing a site opens it; pressing a cluster goes nearer. */
function listen(map: MapLibre, open: (id: string) => void) {
  map.on('click', ['locked', 'sites'], (event) => {
    const id: unknown = event.features?.[0]?.properties['id']
    if (typeof id === 'string') open(id)
  })
  map.on('click', 'clusters', async (event) => {
    const cluster = event.features?.[0]
    const source = map.getSource<GeoJSONSource>('sites')
    if (!cluster || !source) return
    const zoom = await source.getClusterExpansionZoom(Number(cluster.properties['cluster_id']))
    map.easeTo({ center: event.lngLat, zoom })
  })
  for (const layer of ['locked', 'sites', 'clusters']) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'))
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''))
  }
}

export function GlMap({ towns, sites, onOpen, onBroken, label }: GlMapProps) {
  const place = useRef<HTMLDivElement>(null)
  const map = useRef<MapLibre>(undefined)
  const told = useRef({ onOpen, onBroken, label })
  const first = useRef({ towns, sites })
  useEffect(() => {
    told.current = { onOpen, onBroken, label }
  })

  useEffect(() => {
    const container = place.current
    const box = boxOf(first.current.towns, first.current.sites)
    if (!container) return
    let made: MapLibre
    try {
      made = new MapLibre({
        container,
        style: styleOf(first.current.towns, first.current.sites),
        ...(box && { bounds: [box.west, box.south, box.east, box.north] as [number, number, number, number] }),
        fitBoundsOptions: { padding: 20 },
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
      })
    } catch {
      told.current.onBroken()
      return
    }
    map.current = made
    made.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    made.getCanvas().setAttribute('aria-label', told.current.label)
    made.on('webglcontextlost', () => told.current.onBroken())
    listen(made, (id) => told.current.onOpen?.(id))
    return () => made.remove()
  }, [])

  useEffect(() => {
    const give = () => {
      void map.current?.getSource<GeoJSONSource>('towns')?.setData(townLines(towns))
      void map.current?.getSource<GeoJSONSource>('names')?.setData(townNames(towns))
      void map.current?.getSource<GeoJSONSource>('sites')?.setData(sitePoints(quiet(sites)))
      void map.current?.getSource<GeoJSONSource>('locked')?.setData(sitePoints(locked(sites)))
    }
    if (map.current?.isStyleLoaded()) give()
    else void map.current?.once('load', give)
  }, [towns, sites])

  return <div ref={place} className="gl-map" />
}
