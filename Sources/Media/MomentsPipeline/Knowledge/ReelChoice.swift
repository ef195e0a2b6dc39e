internal import MomentsSelection

/// What a job's reel shows, and what led to it.
struct ReelChoice {
    let selection: Selection
    /// What people want to see of the video, as far as it was found.
    let wishes: JobWishes
    /// What is known of who is in it, for tastes.
    let noticed: Noticed
}
