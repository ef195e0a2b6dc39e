internal import MomentsCore
internal import MomentsSystem

/// Something to be said to people, or to be remembered as wrong or as well again.
enum Notice: Sendable {
    /// Say once that something went wrong.
    case problem(String)
    /// Say something that is no problem.
    case note(String)
    /// Remember that something is wrong.
    case raise(Problem, String)
    /// Something is well again.
    case settle(Problem)
    /// Something could not be looked at, which says nothing about it.
    case unreadable(SystemError)
}
