extension Library {
  /// Parts of timestamps and durations.
  static let time = Library(
    name: "timestamps and durations",
    summary: """
      A timestamp is an instant; its parts (year, hours, ...) are those of a clock in a time zone, UTC \
      when none is given. A zone is a name such as `America/Chicago` or an offset such as `-05:30`.
      """
  ) {
    for part in parts {
      Overload.method(
        part.name, id: "timestamp_\(part.id)", part.documentation + " In UTC."
      ) { (timestamp: CELTimestamp, _) in part.value(ZonedTime(timestamp, offset: 0)) }
      Overload.method(
        part.name, id: "timestamp_\(part.id)_with_tz",
        part.documentation + " In the given zone."
      ) { (timestamp: CELTimestamp, zone: String, _) in
        part.value(try ZonedTime(timestamp, zone: zone))
      }.takingTimeZone()
    }
    durationParts
    Overload.method(
      "timeOfDay", id: "timestamp_time_of_day",
      "The time since midnight that a clock shows in the zone of the evaluation."
    ) { (timestamp: CELTimestamp, context) in
      try ZonedTime(timestamp, zone: context.timeZone).timeOfDay
    }.usingTimeZone()
    Overload.method(
      "timeOfDay", id: "timestamp_time_of_day_with_tz",
      "The time since midnight that a clock shows in the given zone."
    ) { (timestamp: CELTimestamp, zone: String, _) in
      try ZonedTime(timestamp, zone: zone).timeOfDay
    }.takingTimeZone()
  }

  private struct Part: Sendable {
    let name: String
    let id: String
    let documentation: String
    let value: @Sendable (ZonedTime) -> Int64
  }

  private static let parts: [Part] = [
    Part(name: "getFullYear", id: "to_year", documentation: "The year.") { Int64($0.date.year) },
    Part(name: "getMonth", id: "to_month", documentation: "The month, from 0 (January) to 11.") {
      Int64($0.date.month - 1)
    },
    Part(
      name: "getDate", id: "to_day_of_month_1_based",
      documentation: "The day of the month, from 1."
    ) { Int64($0.date.day) },
    Part(
      name: "getDayOfMonth", id: "to_day_of_month", documentation: "The day of the month, from 0."
    ) { Int64($0.date.day - 1) },
    Part(
      name: "getDayOfWeek", id: "to_day_of_week",
      documentation: "The day of the week, from 0 (Sunday) to 6."
    ) { Int64(CivilCalendar.weekday(ofDays: $0.days)) },
    Part(
      name: "getDayOfYear", id: "to_day_of_year", documentation: "The day of the year, from 0."
    ) { Int64($0.days - CivilCalendar.days(year: $0.date.year, month: 1, day: 1)) },
    Part(name: "getHours", id: "to_hours", documentation: "The hour, from 0 to 23.") {
      Int64($0.secondOfDay / 3600)
    },
    Part(name: "getMinutes", id: "to_minutes", documentation: "The minute, from 0 to 59.") {
      Int64($0.secondOfDay / 60 % 60)
    },
    Part(name: "getSeconds", id: "to_seconds", documentation: "The second, from 0 to 59.") {
      Int64($0.secondOfDay % 60)
    },
    Part(
      name: "getMilliseconds", id: "to_milliseconds",
      documentation: "The milliseconds of the second, from 0 to 999."
    ) { Int64($0.nanoseconds / 1_000_000) },
  ]

  @OverloadBuilder
  private static var durationParts: [Overload] {
    Overload.method("getHours", id: "duration_to_hours", "All of it in whole hours.") {
      (duration: CELDuration, _) in duration.seconds / 3600
    }
    Overload.method("getMinutes", id: "duration_to_minutes", "All of it in whole minutes.") {
      (duration: CELDuration, _) in duration.seconds / 60
    }
    Overload.method("getSeconds", id: "duration_to_seconds", "All of it in whole seconds.") {
      (duration: CELDuration, _) in duration.seconds
    }
    Overload.method(
      "getMilliseconds", id: "duration_to_milliseconds",
      "The milliseconds beyond the whole seconds."
    ) { (duration: CELDuration, _) in Int64(duration.nanoseconds / 1_000_000) }
  }
}
