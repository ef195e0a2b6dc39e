/// Whether decoding can start at a coded frame.
enum CodedStart {
    /// It refers to others.
    case none
    /// It stands alone, but frames shown before it refer to what came before.
    case open
    /// It and everything behind it need nothing from before.
    case closed
}
