/** Geometry of the drawings: metres of the plate and the values to points of a picture. Pure. */
export interface Spot {
  x: number
  y: number
}

export interface CranePlate {
  /** Length of the jib and height of the jib above ground, in m. */
  jib: number
  height: number
}

export interface SidePose {
  base: Spot
  top: Spot
  tip: Spot
  tail: Spot
  trolley: Spot | null
  hook: Spot | null
}

const margin = 14
/** Drawn and not measured: no field tells the counter-jib. */
const counterShare = 0.25

/**
 * A tower crane from the side, to scale.
 * @param amplitude how far the trolley stands from the mast, m
 * @param drop how far the hook hangs below the jib, m: `height` of the field set (GB/T 37366: 臂到吊钩)
 */
export function sidePose(
  plate: CranePlate,
  { amplitude, drop }: { amplitude: number | null; drop: number | null },
  size: { width: number; height: number },
): SidePose {
  const scale = Math.min(
    (size.width - 2 * margin) / (plate.jib * (1 + counterShare)),
    (size.height - 2 * margin) / plate.height,
  )
  const ground = size.height - margin
  const mast = margin + plate.jib * counterShare * scale
  const jibAt = ground - plate.height * scale
  // What the values say beyond the plate is drawn at its end; the number beside it tells.
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most)
  const x = amplitude === null ? null : mast + within(amplitude, plate.jib) * scale
  return {
    base: { x: mast, y: ground },
    top: { x: mast, y: jibAt },
    tip: { x: mast + plate.jib * scale, y: jibAt },
    tail: { x: margin, y: jibAt },
    trolley: x === null ? null : { x, y: jibAt },
    hook: x === null || drop === null ? null : { x, y: jibAt + within(drop, plate.height) * scale },
  }
}

/** A crane from above: where a point lies at an angle (degrees, clockwise from the top) and a distance from the mast. */
export function around(centre: Spot, distance: number, degrees: number): Spot {
  const angle = (degrees * Math.PI) / 180
  return { x: centre.x + distance * Math.sin(angle), y: centre.y - distance * Math.cos(angle) }
}

/** How far up its shaft a cage stands, 0 to 1. */
export const cageAt = (height: number, whole: number): number => Math.min(Math.max(height / whole, 0), 1)
