export { MapView, type MapViewProps } from './MapView.tsx'
export { PointPicker, type PointPickerProps } from './PointPicker.tsx'
export type { MapSite, MapTown } from './shapes.ts'
