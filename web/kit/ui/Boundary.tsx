import { Component, type ReactNode } from 'react'
import { Failure } from './Failure.tsx'

/** Keeps a break inside one part of a page; React knows no other way than a class. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') }
  }

  override render() {
    if (this.state.error === undefined) return this.props.children
    return <Failure error={this.state.error} again={() => this.setState({ error: undefined })} />
  }
}
