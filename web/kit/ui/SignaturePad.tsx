import { type PointerEvent, useEffect, useRef, useState } from 'react'

export interface SignaturePadProps {
  /** Hears the signature as a PNG after every stroke, and null when it is wiped. */
  onChange: (png: Blob | null) => void
  /** Whose signature: 施工单位签收人. */
  label: string
  height?: number
}

const inkWidth = 2.4

/** A field to sign in with finger, pen or mouse. What is stored is a PNG; its binding to the content is the server's. */
export function SignaturePad({ onChange, label, height = 160 }: SignaturePadProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<{ x: number; y: number }>(undefined)
  const [signed, setSigned] = useState(false)

  useEffect(() => {
    const pad = canvas.current
    const ink = pad?.getContext('2d')
    if (!pad || !ink) return
    const scale = window.devicePixelRatio || 1
    pad.width = pad.clientWidth * scale
    pad.height = pad.clientHeight * scale
    ink.scale(scale, scale)
    ink.lineWidth = inkWidth
    ink.lineCap = 'round'
    ink.lineJoin = 'round'
    ink.strokeStyle = '#1c2430'
  }, [])

  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    last.current = at(event)
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const ink = canvas.current?.getContext('2d')
    if (!last.current || !ink) return
    const here = at(event)
    ink.beginPath()
    ink.moveTo(last.current.x, last.current.y)
    ink.lineTo(here.x, here.y)
    ink.stroke()
    last.current = here
    if (!signed) setSigned(true)
  }
  const up = () => {
    if (!last.current) return
    last.current = undefined
    if (signed) canvas.current?.toBlob(onChange, 'image/png')
  }
  const wipe = () => {
    const pad = canvas.current
    pad?.getContext('2d')?.clearRect(0, 0, pad.width, pad.height)
    setSigned(false)
    onChange(null)
  }

  return (
    <div className="signature">
      <canvas
        ref={canvas}
        style={{ height }}
        role="img"
        aria-label={`${label}签名处`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      <div className="signature-foot tiny muted">
        <span>{signed ? `${label}已签` : `请${label}在框内签名`}</span>
        <button type="button" className="quiet" onClick={wipe} disabled={!signed}>
          重签
        </button>
      </div>
    </div>
  )
}
