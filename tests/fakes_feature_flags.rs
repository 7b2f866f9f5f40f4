//! What the fake flag provider does beyond its contract: rules, rollouts, JSON and its errors.
#![cfg(feature = "test-util")]

use serde_json::json;
use stuntdouble::fake::{Comparison, Condition, Environment, FakeFeatureFlags, Flag};
use stuntdouble::{
    ErrorKind, EvaluationContext, FeatureFlags, FeatureFlagsExt, FlagError, FlagValue, Reason,
    Result,
};

fn provider() -> FakeFeatureFlags {
    FakeFeatureFlags::new(&Environment::seeded(1))
}

fn text(value: &str) -> FlagValue {
    FlagValue::Text(value.into())
}

#[tokio::test]
async fn reasons_and_errors() -> Result<()> {
    let flags = provider();
    let ada = EvaluationContext::of("ada").with("age", 36);
    let adult = Condition::attribute("age").number(Comparison::GreaterOrEqual, 18.0);
    flags.set("static", Flag::value("s".to_owned()))?;
    flags.set("off", Flag::on().disabled())?;
    flags.set("rule", Flag::off().when(adult.clone(), "on"))?;
    flags.set("none", Flag::off().when(adult.negate(), "on"))?;
    flags.set("split", Flag::off().rollout([("on", 1), ("off", 1)]))?;

    let off = FlagValue::Bool(false);
    for (flag, default, reason, value) in [
        ("static", text("x"), Reason::Static, text("s")),
        ("off", off.clone(), Reason::Disabled, off.clone()),
        ("rule", off.clone(), Reason::TargetingMatch, true.into()),
        ("none", FlagValue::Bool(true), Reason::Default, off.clone()),
    ] {
        let found = flags.evaluate(flag, default, &ada).await;
        assert_eq!((found.reason, found.value, found.error), (reason, value, None), "{flag}");
    }
    assert_eq!(flags.evaluate("split", off.clone(), &ada).await.reason, Reason::Split);

    for (flag, context, error) in [
        ("nope", &ada, FlagError::FlagNotFound),
        ("static", &ada, FlagError::TypeMismatch),
        ("split", &EvaluationContext::default(), FlagError::TargetingKeyMissing),
    ] {
        let found = flags.evaluate(flag, FlagValue::Bool(true), context).await;
        assert_eq!((found.value, found.error), (FlagValue::Bool(true), Some(error)), "{flag}");
    }
    assert_eq!(flags.evaluations().len(), 8);
    Ok(())
}

#[tokio::test]
async fn a_rollout_is_stable_and_grows_without_moving_anyone_back() -> Result<()> {
    let (small, large) = (provider(), provider());
    small.set("f", Flag::off().rollout([("on", 10), ("off", 90)]))?;
    large.set("f", Flag::off().rollout([("on", 40), ("off", 60)]))?;
    let mut on = [0, 0];
    for user in 0..2000 {
        let user = EvaluationContext::of(format!("user-{user}"));
        let [few, many] = [small.is_enabled("f", &user).await, large.is_enabled("f", &user).await];
        assert!(many || !few, "{user:?} was switched off");
        on[0] += u32::from(few);
        on[1] += u32::from(many);
    }
    assert!(on[0].abs_diff(200) < 50 && on[1].abs_diff(800) < 80, "{on:?}");
    Ok(())
}

#[tokio::test]
async fn definitions_are_checked() {
    let flags = provider();
    let wrong = Flag::new([("a", FlagValue::Int(1)), ("b", text("x"))], "c")
        .when(Condition::attribute("v").version(Comparison::Less, "1.x"), "d")
        .rollout([("a", 0)]);
    let error = flags.set("f", wrong).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    for part in [
        r#"the flag "f": "#,
        r#"the variants "a" and "b" are of types integer and string"#,
        r#"the default "c" is no variant (there are: "a", "b")"#,
        r#"rule 1: "d" is no variant"#,
        r#"rule 1: "1.x" is no version (MAJOR.MINOR.PATCH)"#,
        "rule 2: the weights add up to nothing",
    ] {
        assert!(error.message().contains(part), "{part}\nin {error}");
    }
    flags.set("checkout", Flag::on()).unwrap();
    assert!(
        flags.serve("chekout", "on").unwrap_err().message().contains("did you mean \"checkout\"?")
    );
    assert!(flags.serve("checkout", "onn").is_err());
}

#[tokio::test]
async fn json_targeting() -> Result<()> {
    let flags = provider();
    flags.set_json(
        &json!({ "flags": { "f": {
            "state": "ENABLED",
            "variants": { "a": "A", "b": "B", "c": "C", "d": "D" },
            "defaultVariant": "d",
            "targeting": { "if": [
                { "and": [{ ">=": [{ "var": "age" }, 18] }, { "!": [{ "==": [{ "var": "country" }, "US"] }] }] },
                { "if": [{ "in": ["@example.com", { "var": "email" }] }, "a"] },
                { "sem_ver": [{ "var": "app" }, "^", "2.0.0"] }, "b",
                { "or": [{ "starts_with": [{ "var": "targetingKey" }, "bot-"] }, { "ends_with": [{ "var": "targetingKey" }, "-bot"] }] },
                { "fractional": [{ "var": "group" }, ["c", 1]] }
            ] }
        } } })
        .to_string(),
    )?;
    let evaluate = async |context: EvaluationContext| {
        let found = flags.evaluate("f", text("?"), &context).await;
        (found.variant.unwrap_or_default(), found.reason)
    };
    let adult = EvaluationContext::of("ada").with("age", 20);
    let matched = Reason::TargetingMatch;
    let mail = adult.clone().with("email", "a@example.com");
    assert_eq!(evaluate(mail).await, ("a".to_owned(), matched));
    // The inner "if" has no "else": the default, not the next branch.
    assert_eq!(evaluate(adult.with("app", "2.3.4")).await, ("d".to_owned(), Reason::Default));
    let app = EvaluationContext::of("ada").with("app", "2.3.4-rc.1");
    assert_eq!(evaluate(app).await, ("b".to_owned(), matched));
    let bot = EvaluationContext::of("bot-1").with("group", 7);
    assert_eq!(evaluate(bot).await, ("c".to_owned(), Reason::Split));
    assert_eq!(evaluate(EvaluationContext::of("eve")).await, ("d".to_owned(), Reason::Default));
    Ok(())
}

#[tokio::test]
async fn json_numbers() -> Result<()> {
    let flags = provider();
    flags.set_json(
        r#"{ "flags": {
            "mixed": { "variants": { "no": 0, "some": 0.5 }, "defaultVariant": "no" },
            "whole": { "variants": { "one": 1 }, "defaultVariant": "one", "targeting": {} }
        } }"#,
    )?;
    let anyone = EvaluationContext::default();
    assert_eq!(flags.get_value("mixed", 9.0, &anyone).await, 0.0);
    assert_eq!(flags.get_value("mixed", 9, &anyone).await, 9);
    assert_eq!(flags.get_value("whole", 9.0, &anyone).await, 1.0);
    assert_eq!(flags.get_value("whole", 9, &anyone).await, 1);
    let whole = flags.evaluate("whole", FlagValue::Int(9), &anyone).await;
    assert_eq!(whole.reason, Reason::Static);
    Ok(())
}

#[test]
fn json_errors_name_every_place() {
    let flags = provider();
    let error = flags
        .set_json(
            &json!({ "flags": {
                "a": { "variants": { "on": true }, "defaultVarint": "on" },
                "b": { "state": "enabled", "variants": { "on": true }, "defaultVariant": "on",
                       "targeting": { "if": [{ "start_with": [{ "var": "x" }, "y"] }, "on", "off"] } },
                "c": { "variants": { "on": true }, "defaultVariant": "on",
                       "targeting": { "fractional": [["on", -1]] } }
            } })
            .to_string(),
        )
        .unwrap_err();
    let lines: Vec<_> = error.message().lines().collect();
    assert_eq!(
        lines,
        [
            r#"flags.a: unknown key "defaultVarint"; did you mean "defaultVariant"?"#,
            r#"flags.a: the key "defaultVariant" is missing"#,
            r#"flags.b.state: this must be "ENABLED" or "DISABLED""#,
            r#"flags.b.targeting.if[0].start_with: unknown operator "start_with"; did you mean "starts_with"?"#,
            r#"flags.b: rule 1: "off" is no variant (there are: "on")"#,
            r#"flags.c.targeting.fractional: ["on",-1] must be ["variant", weight]"#,
            "flags.c: rule 1: the weights add up to nothing",
        ]
    );
    assert!(flags.names().is_empty());
    let error = flags.set_json("{").unwrap_err();
    assert!(error.message().starts_with("this is no JSON: "), "{error}");
}
