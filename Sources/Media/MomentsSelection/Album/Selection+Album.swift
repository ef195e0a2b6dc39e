extension Selection {
    /// The same shots, of which somebody else knows why they are there.
    ///
    /// - Parameter tell: How much each counts, 0…1, and why, by its number.
    /// - Returns: The selection without near misses, which are told of elsewhere.
    public func retold(_ tell: (Int) -> (score: Double, reasons: [String])) -> Selection {
        let shots = shots.enumerated().map { number, shot in
            let told = tell(number)
            return Shot(id: shot.id, range: shot.range, score: told.score, signals: shot.signals, reasons: told.reasons)
        }
        return Selection(shots: shots, nearMisses: [], scenes: scenes, note: note, standing: nil, worth: worth)
    }
}
