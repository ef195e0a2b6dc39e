public import MomentsCore
internal import MomentsSystem

/// Whose videos are whose, and how much each owner may have.
public struct Sharing: Hashable, Sendable {
    /// What tells owners apart.
    public var by = FairShare.off
    /// How much each may have; where nobody is told apart, nobody is limited.
    public var limits = OwnerLimits()

    /// Makes the sharing of an inbox in which nobody takes turns.
    public init(by: FairShare = .off, limits: OwnerLimits = OwnerLimits()) { (self.by, self.limits) = (by, limits) }

    /// What limits anybody.
    var effectiveLimits: OwnerLimits { by == .off ? OwnerLimits() : limits }

    /// Whose a job is.
    func owner(of job: Job) -> Owner { by.owner(user: job.status.owner, folder: job.manifest.source.folder) }
}
