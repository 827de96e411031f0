import { Component, type ComponentType, type ReactNode } from 'react'
import { Failure } from './Failure.tsx'
import type { FailedProps } from './PageFailure.tsx'

interface BoundaryProps {
  children: ReactNode
  /** How the break is said; in a sentence without it. */
  Failed?: ComponentType<FailedProps>
}

/** Keeps a break inside one part of a page; React knows no other way than a class. */
export class Boundary extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') }
  }

  override render() {
    if (this.state.error === undefined) return this.props.children
    const { Failed = Failure } = this.props
    return <Failed error={this.state.error} again={() => this.setState({ error: undefined })} />
  }
}
