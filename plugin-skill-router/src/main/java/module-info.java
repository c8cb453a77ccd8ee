/** Plans and runs work over local engines and networks. */
module io.aitbc.openclaw.skills {
    requires static org.jspecify;
    requires io.aitbc.openclaw.api;
    requires org.slf4j;

    provides io.aitbc.openclaw.api.inference.InferenceRouterFactory with
            io.aitbc.openclaw.skills.SkillRouterFactory;
}
