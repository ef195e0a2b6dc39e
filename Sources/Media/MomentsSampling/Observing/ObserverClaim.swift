/// What one piece of work may show: for each observer the parts of the video's time nobody else shows.
///
/// Given out before work is spread over threads, so that which frames are shown does not depend on who is quicker.
struct ObserverClaim: Sendable {
    /// In the order of the observers.
    let slots: [Set<Int>]
}
