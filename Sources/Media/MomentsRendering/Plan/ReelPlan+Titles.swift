internal import MomentsEncoding

extension ReelPlan {
    /// The card at the end as a reel of a size shows it.
    func closing(for size: (width: Int, height: Int)) -> ReelCard? {
        guard let closing, let titles else { return closing }
        return titles.painted(closing, width: size.width, height: size.height)
    }
}
